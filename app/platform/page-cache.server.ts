import type { Tx } from './db.server.ts'

/** The channel on which every process hears that content has changed. */
export const CONTENT_CHANGED = 'content_changed'

/**
 * Says that content has changed, in the transaction that changes it: when that commits, and only then, every process
 * empties its cache of reading pages (PostgreSQL delivers a NOTIFY at commit).
 */
export async function contentChanged(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_notify(${CONTENT_CHANGED}, '')`
}
