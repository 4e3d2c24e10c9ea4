import { setTimeout as delay } from 'node:timers/promises'
import { pool } from '#app/platform/db.server.ts'
import { SENDERS } from '#app/mail/sender-lock.server.ts'
import { startWorker, type Running } from '../support/house.ts'
import type { Place } from './run.ts'

/** A worker process under the drill's eyes: its connections bear its name, so that its open calls can be told apart. */
export type Watched = Running & { name: string }

/** An attempt that is on record without an answer, and the key of its call. */
export type OpenAttempt = { id: string; callId: string; key: string }

let started = 0

export async function startWatched(
  { databaseUrl, post, desk, worker }: Place,
  settings = {},
): Promise<Watched> {
  const name = `drill-${++started}`
  const url = new URL(databaseUrl)
  url.searchParams.set('application_name', name)
  const all = { ...post.settings, ...desk.settings, LOG_LEVEL: 'warn', ...settings }
  return { ...(await startWorker(url.href, all, worker)), name }
}

/** False once the process is gone. */
export function isAlive({ pid }: Watched): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** The attempts that this worker has on record and no answer to, now: it is in the middle of asking. */
export async function openAttempts(worker: Watched): Promise<OpenAttempt[]> {
  const { rows } = await pool.query<OpenAttempt>(
    `select attempt.id, call.id as "callId", call.idempotency_key as key
     from mail_attempt attempt
     join mail_call call on call.id = attempt.call_id
     join pg_locks lock on lock.locktype = 'advisory' and lock.classid = $1::int::oid and lock.objid = call.sender::oid
     join pg_stat_activity connection on connection.pid = lock.pid
     where call.state = 'in_flight' and attempt.answered is null and connection.application_name = $2
       and attempt.at = (select max(at) from mail_attempt where call_id = call.id)`,
    [SENDERS, worker.name],
  )
  return rows
}

/** Whether this worker has begun something in the database that it has not committed, and does not go on with it now. */
export async function isInTransaction(worker: Watched): Promise<boolean> {
  const { rows } = await pool.query(
    `select 1 from pg_stat_activity where application_name = $1 and state = 'idle in transaction'`,
    [worker.name],
  )
  return rows.length > 0
}

/** Waits for something, but not for ever. Returns what came, or null. */
export async function soon<What>(ms: number, look: () => Promise<What | null>): Promise<What | null> {
  for (const end = performance.now() + ms; performance.now() < end; await delay(15)) {
    const found = await look()
    if (found !== null) return found
  }
  return null
}
