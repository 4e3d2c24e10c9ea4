import { randomInt } from 'node:crypto'
import pg from 'pg'
import { env } from '#app/platform/env.server.ts'
import { log } from '#app/platform/log.server.ts'
import { remember } from '#app/platform/remember.server.ts'

/** The first half of the advisory locks by which living senders are known. */
export const SENDERS = 7_205_002

/** A database that takes connections and says nothing is asked again later. */
const CONNECT_WITHIN_MS = 10_000

/**
 * This process's number as a sender of mail, for as long as it lives: PostgreSQL holds a lock under that number for its
 * own connection and lets go the instant the process is gone, however it died. So what it held in flight is taken over
 * at once, and never from one who is still waiting for an answer.
 * Whoever loses that connection can no longer tell others that it lives: the process ends, and is started again.
 */
export async function senderNumber(): Promise<number> {
  const line = remember('sender', (): { number?: Promise<number> } => ({}))
  // A database that was away is asked again by whoever comes next: nothing would ever be sent otherwise.
  line.number ??= takeNumber().catch((error: unknown) => {
    delete line.number
    throw error
  })
  return line.number
}

async function takeNumber(): Promise<number> {
  const client = new pg.Client({
    connectionString: env.databaseUrl,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
  })
  const lost = () => {
    log.fatal('lost the line that shows others this sender lives; ending, so that nothing is sent twice')
    process.exit(1)
  }
  await client.connect()
  client.on('error', lost)
  client.on('end', lost)
  for (;;) {
    const number = randomInt(1, 2 ** 31 - 1)
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1, $2) as mine', [
      SENDERS,
      number,
    ])
    if (rows[0]?.mine) return number
  }
}
