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

/**
 * Enqueues a job **in the caller's transaction**: the job exists if and only if the change that asks for it does.
 * `name` is one of the jobs listed in app/worker.ts.
 */
export async function enqueue(tx: Tx, name: string, ids: JobIds, timing: Timing = {}): Promise<void> {
  await tx.$executeRaw`
    select graphile_worker.add_job(
      ${name},
      payload => ${JSON.stringify(ids)}::json,
      run_at => ${timing.runAt ? clock.onTheWall(timing.runAt) : null}::timestamptz,
      max_attempts => ${timing.maxAttempts ?? 25}::integer,
      job_key => ${timing.key ?? null}
    )`
}
