import { clock } from './clock.server.ts'
import { pool } from './db.server.ts'
import { holdForLife } from './lifeline.server.ts'

/** The first half of the advisory locks by which the queue's living workers are known; the second is made of its name. */
const WORKERS = 7_205_004

/** A worker shows itself at once, but not at the same instant in which it takes its first job. */
const SHOWS_ITSELF_WITHIN_MS = 10_000

/** Shows, for as long as this process lives, that the queue's worker of that name does. */
export async function showAlive(workerName: string): Promise<void> {
  const { rows } = await pool.query<{ number: number }>('select hashtext($1) as number', [workerName])
  await holdForLife(WORKERS, rows[0]?.number ?? 0)
}

/**
 * Gives back what killed workers were doing, so that others do it now: the queue alone would wait for four hours.
 * Returns how many workers had left something.
 */
export async function freeAbandonedJobs(): Promise<number> {
  const before = clock.onTheWall(new Date(clock.now().getTime() - SHOWS_ITSELF_WITHIN_MS))
  const { rows } = await pool.query<{ dead: string[] }>(
    `select coalesce(array_agg(distinct job.locked_by), '{}') as dead
     from graphile_worker._private_jobs job
     where job.locked_by is not null and job.locked_at < $2 and not exists (
       select 1 from pg_locks
       where locktype = 'advisory' and granted and classid = $1::int::oid
         and objid::bigint = hashtext(job.locked_by) & 4294967295::bigint
         and database = (select oid from pg_database where datname = current_database()))`,
    [WORKERS, before],
  )
  const dead = rows[0]?.dead ?? []
  if (dead.length > 0) await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [dead])
  return dead.length
}
