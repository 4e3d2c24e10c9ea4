import type pg from 'pg'
import { env } from './env.server.ts'
import { log } from './log.server.ts'
import { OneAtATimeClient } from './one-at-a-time-client.server.ts'
import { remember } from './remember.server.ts'

/** A database that takes connections and says nothing is asked again later. */
const CONNECT_WITHIN_MS = 10_000

/**
 * Holds a number of a space (the two halves of a PostgreSQL advisory lock) for as long as this process lives, on a
 * connection of its own: PostgreSQL lets go the instant the process is gone, however it died, and others can see it in
 * pg_locks. False when another process holds it.
 *
 * Whoever loses that connection can no longer show others that it lives: the process ends, and is started again.
 */
export async function holdForLife(space: number, number: number): Promise<boolean> {
  const client = await lifeline()
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1, $2) as mine', [
    space,
    number,
  ])
  return rows[0]?.mine === true
}

function lifeline(): Promise<pg.Client> {
  const line = remember('lifeline', (): { client?: Promise<pg.Client> } => ({}))
  // A database that was away is asked again by whoever comes next: nothing would ever be done otherwise.
  line.client ??= connect().catch((error: unknown) => {
    delete line.client
    throw error
  })
  return line.client
}

async function connect(): Promise<pg.Client> {
  const client = new OneAtATimeClient({
    connectionString: env.databaseUrl,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
  })
  const lost = () => {
    log.fatal('lost the line that shows others this process lives; ending, so that nothing is done twice')
    process.exit(1)
  }
  await client.connect()
  client.on('error', lost)
  client.on('end', lost)
  return client
}
