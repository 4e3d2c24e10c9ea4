import { afterAll, expect, test } from 'vitest'
import { startWorker, type Running } from '#tests/support/house.ts'
import { db, inTransaction } from './db.server.ts'
import { enqueue } from './queue.server.ts'

let worker: Running | undefined
afterAll(() => worker?.stop())

async function waiting(): Promise<string[]> {
  const jobs = await db.$queryRaw<
    { task_identifier: string }[]
  >`select task_identifier from graphile_worker.jobs`
  return jobs.map((job) => job.task_identifier)
}

test('a job that a change asks for exists if the change does, and only then', async () => {
  const undone = inTransaction(async (tx) => {
    await enqueue(tx, 'platform.heartbeat', {})
    throw new Error('the change was taken back')
  })
  await expect(undone).rejects.toThrow('taken back')
  expect(await waiting()).toEqual([])

  await inTransaction((tx) => enqueue(tx, 'platform.heartbeat', {}))
  expect(await waiting()).toEqual(['platform.heartbeat'])
})

test('asking twice under one key leaves one job', async () => {
  await inTransaction(async (tx) => {
    await enqueue(tx, 'platform.prune-limits', {}, { key: 'prune' })
    await enqueue(tx, 'platform.prune-limits', {}, { key: 'prune' })
  })
  expect((await waiting()).filter((name) => name === 'platform.prune-limits')).toHaveLength(1)
})

test('the worker does what waits, and keeps what is for later', async () => {
  await inTransaction((tx) =>
    enqueue(tx, 'platform.heartbeat', {}, { runAt: new Date('2999-01-01T00:00:00Z'), key: 'later' }),
  )
  worker = await startWorker(process.env['DATABASE_URL'] ?? '')
  await expect.poll(waiting, { timeout: 10_000 }).toEqual(['platform.heartbeat'])
  expect(await db.heartbeat.count()).toBe(1)
})
