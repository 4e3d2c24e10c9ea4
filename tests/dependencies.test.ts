import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from './support/settings.ts'

const read = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8')

type Manifest = Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>
const manifest = JSON.parse(read('package.json')) as Manifest
const packages = {
  ...manifest.dependencies,
  ...manifest.devDependencies,
  ...manifest.optionalDependencies,
}

test('every package has its reason in docs/decisions/006, and no reason has lost its package', () => {
  const record = read('docs/decisions/006-dependencies.md')
  const explained = [...record.matchAll(/^\| `([^`]+)` \| \S/gm)].map(([, name]) => name)
  expect(explained.toSorted()).toEqual(Object.keys(packages).toSorted())
})

test('every package is asked for at one exact version', () => {
  const loose = Object.entries(packages).filter(([, version]) => !/^\d+\.\d+\.\d+[-.\w]*$/.test(version))
  expect(loose).toEqual([])
})
