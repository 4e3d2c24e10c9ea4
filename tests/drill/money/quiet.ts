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
 * lists are read then, and what that brings is waited for too. Returns what is left when it never ends; nothing otherwise.
 */
export async function untilAllHeard({ sweep, withinMs = 180_000 }: Waiting): Promise<string[]> {
  const left = await untilIdle(withinMs)
  if (left.length > 0 || !sweep) return left
  await inTransaction((tx) => enqueue(tx, 'donations.sweep', {}, { key: 'drill sweep' }))
  return untilIdle(withinMs)
}

async function untilIdle(withinMs: number): Promise<string[]> {
  let left = await whatIsLeft()
  for (const end = performance.now() + withinMs; left.length > 0 && performance.now() < end;) {
    await pause(25)
    await letTimePass()
    left = await whatIsLeft()
  }
  return left
}

async function whatIsLeft(): Promise<string[]> {
  const rows = await db.$queryRaw<{ left: string }[]>`
    select concat('job ', task.identifier, ', ', attempts, ' attempts, ', locked_by, ' ', last_error) as left
      from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
      where attempts < max_attempts or locked_by is not null
    union all select concat('news ', type) from stripe_event where state = 'waiting'
    union all select concat('mail ', state) from mail_call where state in ('waiting', 'in_flight')`
  return rows.map(({ left }) => left)
}
