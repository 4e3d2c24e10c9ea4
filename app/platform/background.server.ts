import { EventEmitter } from 'node:events'
import { Logger, parseCronItems, run, type WorkerEvents } from 'graphile-worker'
import { showAlive } from './abandoned-jobs.server.ts'
import { db, inTransaction, pool } from './db.server.ts'
import { describeFault } from './fault.ts'
import { endWith } from './lifecycle.server.ts'
import { log } from './log.server.ts'
import { enqueue, type Job, type JobIds } from './queue.server.ts'

/** A line of the timetable: a cron expression in UTC, the job it starts, and why it is there. */
export type TimetableLine = { at: string; job: string; why: string }

/** How many jobs one worker does at a time. Each may hold a database connection; the pool has ten. */
const CONCURRENCY = 5

/**
 * Starts doing jobs, until the process is asked to end: jobs under way are then finished first. Those named in `atStart`
 * need not wait for their minute: a worker that was killed may have left them half done.
 */
export async function startWorker(
  jobs: Record<string, Job>,
  timetable: TimetableLine[],
  atStart: string[],
): Promise<void> {
  const events = new EventEmitter() as WorkerEvents
  const shown: Promise<void>[] = []
  events.on('worker:create', ({ worker }) => shown.push(showAlive(worker.workerId)))
  const runner = await run({
    events,
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
  await Promise.all(shown)
  endWith(async () => {
    await runner.stop()
    await db.$disconnect()
    await pool.end()
  })
  await inTransaction(async (tx) => {
    for (const name of atStart) await enqueue(tx, name, {}, { key: `${name}:start` })
  })
  log.info({ jobs: Object.keys(jobs).length }, 'the worker is ready')
  process.send?.({ ready: true })
}

/**
 * The queue keeps a failed job's error in its table and repeats it in its log, for as long as the job waits. So the error
 * is logged here, and both are told only what is ours of it.
 */
function timed(name: string, job: Job) {
  return async (payload: unknown) => {
    const from = performance.now()
    try {
      await job(payload as JobIds)
    } catch (error) {
      log.error({ err: error, job: name }, 'a job failed; it will be tried again')
      throw new Error(describeFault(error).message)
    }
    log.debug({ job: name, ms: Math.round(performance.now() - from) }, 'did a job')
  }
}
