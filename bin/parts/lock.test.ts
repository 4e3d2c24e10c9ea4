import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeLock } from './lock.mjs'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'courage-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('whoever comes second learns who has the lock, and gets it when it is given back', async () => {
  const first = await takeLock(folder, 'a', { what: 'the first' })
  if (first.outcome === 'held') throw new Error('nobody should have it')
  first.lock.tell({ address: 'http://localhost:1' })
  expect(await takeLock(folder, 'a', {})).toEqual({
    outcome: 'held',
    by: { pid: process.pid, what: 'the first', address: 'http://localhost:1', holding: true },
  })
  first.lock.release()
  expect((await takeLock(folder, 'a', {})).outcome).toBe('taken')
})

test('when many find the lock of one that was killed, exactly one of them gets it', async () => {
  const victim = await holder()
  victim.child.kill('SIGKILL')
  await once(victim.child, 'exit')

  const crowd = await Promise.all(Array.from({ length: 8 }, holder))
  for (const { child } of crowd) child.kill('SIGKILL')
  expect(crowd.map(({ outcome }) => outcome).filter((outcome) => outcome === 'taken')).toHaveLength(1)
})

test('of many in one process who want a lock at once, exactly one gets it, again and again', async () => {
  for (let round = 0; round < 20; round++) {
    const crowd = await Promise.all(Array.from({ length: 8 }, () => takeLock(folder, 'c', {})))
    const winners = crowd.flatMap((attempt) => (attempt.outcome === 'taken' ? [attempt.lock] : []))
    expect(winners).toHaveLength(1)
    winners[0]?.release()
  }
})

test('a lock cannot be had below a file, and that is said', async () => {
  await writeFile(path.join(folder, 'file'), '')
  await expect(takeLock(path.join(folder, 'file'), 'a', {})).rejects.toThrow(/file is, or is below, a file/)
})

/** Another process that takes the lock and keeps it, or finds it held. */
async function holder() {
  const script = `
    import { takeLock } from ${JSON.stringify(path.join(import.meta.dirname, 'lock.mjs'))}
    console.log((await takeLock(${JSON.stringify(folder)}, 'b', {})).outcome)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [outcome] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, outcome }
}
