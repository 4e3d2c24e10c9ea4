import { Logger, parseCronItems, run } from 'graphile-worker'
import { db, inTransaction, pool } from './db.server.ts'
import { describeFault } from './fault.ts'
import { endWith } from './lifecycle.server.ts'
import { log } from './log.server.ts'
import { enqueue, type Job, type JobIds } from './queue.server.ts'

/** A line of the timetable: a cron expression in UTC, the job it starts, and why it is there. */
export type TimetableLine = { at: string; job: string; why: string }

/** How many jobs one worker does at a time. Each may hold a database connection; the pool has ten. */
const CONCURRENCY = 5

/** Starts doing jobs, until the process is asked to end: jobs under way are then finished first. */
export async function startWorker(jobs: Record<string, Job>, timetable: TimetableLine[]): Promise<void> {
  const runner = await run({
    pgPool: pool,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') log[level === 'error' ? 'error' : 'warn']({}, message)
    }),
    taskList: Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, timed(name, job)])),
    parsedCronItems: parseCronItems(
      timetable.map(({ at, job }) => ({ match: at, task: job, identifier: job })),
    ),
  })
  endWith(async () => {
    await runner.stop()
    await db.$disconnect()
    await pool.end()
  })
  // The first heartbeat need not wait for the minute to turn.
  await inTransaction((tx) => enqueue(tx, 'platform.heartbeat', {}, { key: 'platform.heartbeat:start' }))
  log.info({ jobs: Object.keys(jobs).length }, 'the worker is ready')
  process.send?.({ ready: true })
}

function timed(name: string, job: Job) {
  return async (payload: unknown) => {
    const from = performance.now()
    try {
      await job(payload as JobIds)
    } catch (error) {
      log.error({ err: error, job: name }, 'a job failed')
      // The queue writes an error's words into its table and the log.
      throw new Error(describeFault(error).message)
    }
    log.debug({ job: name, ms: Math.round(performance.now() - from) }, 'did a job')
  }
}
