import { setTimeout as pause } from 'node:timers/promises'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { freeAbandonedJobs } from '#app/platform/abandoned-jobs.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'

/** What is tried again later, in a real house after minutes, is tried now. */
async function letTimePass(): Promise<void> {
  await db.$executeRaw`update graphile_worker._private_jobs set run_at = now() where run_at > now() and locked_by is null
    and attempts > 0 and attempts < max_attempts`
  await db.$executeRaw`update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute'
    where locked_by is not null`
  await freeAbandonedJobs()
}

type Waiting = { sweep: boolean; withinMs?: number }

/**
 * Waits until the workers have nothing left to do, by what is due now or was put off after a fault; with `sweep` Stripe's
 * lists are read then, and what that brings is waited for too. False when it never ends.
 */
export async function untilAllHeard({ sweep, withinMs = 180_000 }: Waiting): Promise<boolean> {
  if (!(await untilIdle(withinMs))) return false
  if (!sweep) return true
  await inTransaction((tx) => enqueue(tx, 'donations.sweep', {}, { key: 'drill sweep' }))
  return untilIdle(withinMs)
}

async function untilIdle(withinMs: number): Promise<boolean> {
  for (const end = performance.now() + withinMs; performance.now() < end; await pause(25)) {
    await letTimePass()
    const [row] = await db.$queryRaw<{ left: number }[]>`
      select ((select count(*) from graphile_worker._private_jobs where attempts < max_attempts or locked_by is not null)
        + (select count(*) from stripe_event where state = 'waiting')
        + (select count(*) from mail_call where state in ('waiting', 'in_flight')))::int as left`
    if (row?.left === 0) return true
  }
  return false
}
