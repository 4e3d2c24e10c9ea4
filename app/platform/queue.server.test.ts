import { afterAll, expect, test } from 'vitest'
import { startWorker, type Running } from '#tests/support/house.ts'
import { db, inTransaction, pool } from './db.server.ts'
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

test('a job whose waiting twin is taken at that very instant is not lost: it is asked for beside it', async () => {
  const ask = (of: string) => inTransaction((tx) => enqueue(tx, 'twin.test', { of }, { key: 'twin' }))
  await ask('old news')
  const worker = await pool.connect()
  await worker.query('begin')
  await worker.query(
    `update graphile_worker._private_jobs set locked_by = 'worker', locked_at = now() where key = 'twin'`,
  )
  // It sees a job that waits, and meets one that is being done.
  const asked = ask('new news')
  await expect
    .poll(
      async () =>
        (await pool.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock'`)).rowCount,
    )
    .toBe(1)
  await worker.query('commit')
  worker.release()
  await asked
  const { rows } = await pool.query(
    `select job.payload from graphile_worker._private_jobs job where key = 'twin' and locked_by is null`,
  )
  expect(rows).toEqual([{ payload: { of: 'new news' } }])
})
