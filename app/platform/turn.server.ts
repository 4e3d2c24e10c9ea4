import pg from 'pg'
import { env } from './env.server.ts'
import { remember } from './remember.server.ts'

/** So many things at once are read from a provider by one process; more wait here, and hold no connection of the pool. */
const AT_ONCE = 5

/** Lines of their own: who waits for a turn must never keep the one whose turn it is from the database. */
const lines = () =>
  remember('turns', () => {
    const made = new pg.Pool({ connectionString: env.databaseUrl, max: AT_ONCE, allowExitOnIdle: true })
    // A line that breaks is replaced at the next turn.
    made.on('error', () => undefined)
    return made
  })

/**
 * Does `work` while nobody else, in any process, does anything under that name: read a provider's object, then write what
 * it says. PostgreSQL holds the turn for a connection and lets go the instant the process is gone, however it died. No
 * transaction is open meanwhile. Turns are taken in no order.
 *
 * A connection that breaks during `work` lets the next one in early. So whatever is written must also be safe twice: the
 * turn keeps old readings from overwriting new ones, unique keys keep things from happening twice.
 */
export async function inTurn<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const line = await lines().connect()
  let broken: Error | undefined
  const noteBreak = (error: Error) => (broken = error)
  line.on('error', noteBreak)
  try {
    await line.query('select pg_advisory_lock(hashtextextended($1, 7205003))', [name])
    return await work()
  } finally {
    await line
      .query('select pg_advisory_unlock(hashtextextended($1, 7205003))', [name])
      .catch((error: unknown) => (broken ??= error instanceof Error ? error : new Error(String(error))))
    line.off('error', noteBreak)
    line.release(broken)
  }
}
