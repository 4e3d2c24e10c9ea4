import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { whyNodeIsTooOld } from './node-version.mjs'

test('somebody with an old Node is told which one is needed', () => {
  for (const old of ['16.20.2', '18.20.8', '20.18.3'])
    expect(whyNodeIsTooOld(old)).toBe(
      `Courage needs Node 20.19 or newer, and this is Node ${old}. ` +
        'Install a newer one from https://nodejs.org and start again.',
    )
  for (const recent of ['20.19.0', '20.20.2', '22.1.0', '24.0.0'])
    expect(whyNodeIsTooOld(recent)).toBeUndefined()
})

test('package.json asks for the same Node', () => {
  const { engines } = JSON.parse(readFileSync(path.resolve('package.json'), 'utf8')) as {
    engines: { node: string }
  }
  const [, oldest = ''] = /^>=(\d+\.\d+)$/.exec(engines.node) ?? []
  expect(whyNodeIsTooOld(oldest)).toBeUndefined()
  expect(whyNodeIsTooOld('20.18')).toContain(oldest)
})

test('an old Node can read everything that is read before it is told', () => {
  for (const script of ['start', 'test', 'build', 'command'])
    expect(filesReadFirst(`bin/${script}.mjs`)).toEqual([
      'bin/parts/entry.mjs',
      'bin/parts/node-version.mjs',
      'bin/parts/problem.mjs',
    ])
})

/** What a file imports at once, and what that imports in turn; `import()` happens later. */
function filesReadFirst(file: string): string[] {
  const imports = readFileSync(file, 'utf8').matchAll(/^import .* from '(.+)'$/gm)
  return [...imports].flatMap(([, name = '']) => {
    const imported = path.join(path.dirname(file), name)
    return [imported, ...filesReadFirst(imported)]
  })
}
