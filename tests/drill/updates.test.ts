import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { projectRoot } from '../support/settings.ts'

/** What `npm run drill` says, and how it ends. */
function drill(...args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'tests/drill/run.ts', 'updates', '--seed', '1', ...args],
      { cwd: projectRoot },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    )
  })
}

test('while workers are killed and the provider fails, everyone gets an update once or is left out for a reason', async () => {
  const { code, said } = await drill('--recipients', '2000', '--kills', '40')
  expect(said).toContain('Nothing was lost, and nothing done twice.')
  expect(said).toMatch(/^people in the audience +2000$/m)
  expect(said).toMatch(/^kills +40$/m)
  expect(code).toBe(0)
})

test('the drill notices when the provider cannot tell that it is asked again', async () => {
  // Chance hangs on the order of requests: with this seed one of the first eight is taken and its answer dropped.
  const { code, said } = await drill('--recipients', '800', '--kills', '0', '--sabotage', 'no-key')
  expect(said).toMatch(/^WRONG: \d+ people got it more than once$/m)
  expect(code).toBe(1)
})

test('the drill notices when a request leaves before it is on record', async () => {
  // Each kill within a call comes after somebody in it has left: whoever asks next leaves them out, under another key.
  const { code, said } = await drill('--recipients', '500', '--kills', '8', '--sabotage', 'send-first')
  expect(said).toMatch(/^WRONG: \d+ people got it more than once$/m)
  expect(code).toBe(1)
})

test('the drill notices when two senders ask for the same call at once', async () => {
  const { code, said } = await drill('--recipients', '500', '--kills', '0', '--sabotage', 'no-lock')
  expect(said).toMatch(/^WRONG: \d+ calls were asked for by two senders at once$/m)
  expect(code).toBe(1)
})

test.each([
  [['--sabotage', 'no-luck'], 'There is no sabotage "no-luck". There are: no-key, no-lock, send-first.'],
  [['--kills', 'many'], '--kills takes a whole number, not "many".'],
])('a drill that cannot be held says why: %s', async (args, why) => {
  expect(await drill(...args)).toEqual({ code: 2, said: `${why}\n` })
})
