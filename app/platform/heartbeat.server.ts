import { clock } from './clock.server.ts'
import { db } from './db.server.ts'

/** The worker does a job every minute; silence for this long means that it is away or stuck. */
const WORKER_SILENT_SECONDS = 150

/** Seconds since the worker last did a job; null when it never has. */
export async function workerSilence(): Promise<number | null> {
  const heartbeat = await db.heartbeat.findUnique({ where: { name: 'worker' } })
  return heartbeat ? Math.max(0, Math.round((clock.now().getTime() - heartbeat.at.getTime()) / 1000)) : null
}

/** How the worker is, after so much silence. */
export function workerAfter(silence: number | null): 'never seen' | 'silent' | 'works' {
  if (silence === null) return 'never seen'
  return silence > WORKER_SILENT_SECONDS ? 'silent' : 'works'
}
