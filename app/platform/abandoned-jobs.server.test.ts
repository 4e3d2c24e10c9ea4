import { afterAll, expect, test } from 'vitest'
import { freeAbandonedJobs, showAlive } from './abandoned-jobs.server.ts'
import { db, inTransaction } from './db.server.ts'
import { enqueue } from './queue.server.ts'

// The database goes at the end of the file, and with it the line that a worker does not outlive.
afterAll(() => {
  process.exit = () => undefined as never
})

/** A job that a worker of that name took a minute ago. */
async function takenBy(worker: string): Promise<void> {
  await inTransaction((tx) => enqueue(tx, 'donations.hear', { of: worker }, { key: worker }))
  await db.$executeRaw`
    update graphile_worker._private_jobs set locked_by = ${worker}, locked_at = now() - interval '1 minute'
    where key = ${worker}`
}

const heldBy = () =>
  db.$queryRaw<{ key: string; by: string | null }[]>`
    select key, locked_by as by from graphile_worker._private_jobs where key like 'worker-%' order by key`

test('what a killed worker was doing is given back, and never what a living one does', async () => {
  await showAlive('worker-living')
  await takenBy('worker-killed')
  await takenBy('worker-living')
  expect(await freeAbandonedJobs()).toBe(1)
  expect(await heldBy()).toEqual([
    { key: 'worker-killed', by: null },
    { key: 'worker-living', by: 'worker-living' },
  ])
  expect(await freeAbandonedJobs()).toBe(0)
})

test('a worker that took its first job an instant ago is not thought dead', async () => {
  await inTransaction((tx) => enqueue(tx, 'donations.hear', {}, { key: 'worker-new' }))
  await db.$executeRaw`
    update graphile_worker._private_jobs set locked_by = 'worker-new', locked_at = now() where key = 'worker-new'`
  expect(await freeAbandonedJobs()).toBe(0)
})
