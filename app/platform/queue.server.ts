import { clock } from './clock.server.ts'
import type { Tx } from './db.server.ts'

/** What a job is given: ids, by which it reads the world again when its turn comes. Never personal text. */
export type JobIds = Record<string, string>

/** Does the work. Throwing means "try again later" (with back-off, up to `maxAttempts` times). */
export type Job = (ids: JobIds) => Promise<void>

export type Timing = {
  /** Not before this time. */
  runAt?: Date
  /** One job of this key waits at a time: enqueuing again replaces the waiting one. */
  key?: string
  /** 25 by default: about three days of ever longer pauses. */
  maxAttempts?: number
}

/** A job is taken once in its life: that it is taken at that instant happens once, hardly ever twice. */
const MOST_TRIES = 10

/**
 * Enqueues a job **in the caller's transaction**: the job exists if and only if the change that asks for it does.
 * `name` is one of the jobs listed in app/worker.ts.
 */
export async function enqueue(tx: Tx, name: string, ids: JobIds, timing: Timing = {}): Promise<void> {
  for (let left = MOST_TRIES; left > 0; left -= 1) if (await isAdded(tx, name, ids, timing)) return
  throw new Error(`The queue does not take ${name}`)
}

/**
 * False when the waiting job of that key was taken by a worker in the middle of this: the queue then adds none, and says
 * nothing (graphile-worker 0.16, add_jobs: "on conflict … where jobs.locked_at is null"). What the job in work has read
 * may be older than what it would now be told, so it must be asked for again.
 */
async function isAdded(tx: Tx, name: string, ids: JobIds, timing: Timing): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ id: bigint | null }[]>`
    select (graphile_worker.add_job(
      ${name},
      payload => ${JSON.stringify(ids)}::json,
      run_at => ${timing.runAt ? clock.onTheWall(timing.runAt) : null}::timestamptz,
      max_attempts => ${timing.maxAttempts ?? 25}::integer,
      job_key => ${timing.key ?? null}
    )).id`
  return row !== undefined && row.id !== null
}
