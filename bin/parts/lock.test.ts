import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeLock } from './lock.mjs'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'courage-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('whoever comes second learns who has the lock, and gets it when it is given back', async () => {
  const first = await takeLock(folder, 'a.sock', { what: 'the first' })
  if (first.outcome === 'held') throw new Error('nobody should have it')
  first.lock.tell({ address: 'http://localhost:1' })
  expect(await takeLock(folder, 'a.sock', {})).toEqual({
    outcome: 'held',
    by: { pid: process.pid, what: 'the first', address: 'http://localhost:1' },
  })
  first.lock.release()
  expect((await takeLock(folder, 'a.sock', {})).outcome).toBe('taken')
})

test('when many find the lock of one that was killed, exactly one of them gets it', async () => {
  const victim = await holder()
  victim.child.kill('SIGKILL')
  await once(victim.child, 'exit')

  const crowd = await Promise.all(Array.from({ length: 6 }, () => holder()))
  for (const { child } of crowd) child.kill('SIGKILL')
  expect(crowd.map(({ outcome }) => outcome).filter((outcome) => outcome === 'taken')).toHaveLength(1)
})

test('the lock of one that was killed is had once, however many reach for it at the same moment', async () => {
  for (let round = 0; round < 25; round += 1) {
    const name = `${round}.sock`
    const victim = await holder(name)
    victim.child.kill('SIGKILL')
    await once(victim.child, 'exit')
    // Within one process the moments interleave more finely than between processes.
    const crowd = await Promise.all(
      Array.from({ length: 8 }, async () => {
        await delay(Math.random() * 3)
        return takeLock(folder, name, {})
      }),
    )
    expect(crowd.filter(({ outcome }) => outcome === 'taken')).toHaveLength(1)
  }
})

test('a lock that was given back leaves its number behind, and the next one counts on', async () => {
  for (const turn of [1, 2, 3]) {
    const taken = await takeLock(folder, 'd.sock', {})
    if (taken.outcome === 'held') throw new Error('nobody should have it')
    expect(await readdir(folder)).toEqual([`d.sock.${turn}`])
    taken.lock.release()
  }
})

test('a lock cannot be had below a file, and that is said', async () => {
  await writeFile(path.join(folder, 'file'), '')
  await expect(takeLock(path.join(folder, 'file'), 'a.sock', {})).rejects.toThrow(
    /file is, or is below, a file/,
  )
})

/** Another process that takes the lock and keeps it, or finds it held. */
async function holder(name = 'b.sock') {
  const script = `
    import { takeLock } from ${JSON.stringify(path.join(import.meta.dirname, 'lock.mjs'))}
    console.log((await takeLock(${JSON.stringify(folder)}, ${JSON.stringify(name)}, {})).outcome)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [outcome] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, outcome }
}
