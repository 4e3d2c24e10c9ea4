import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Prisma, PrismaClient } from '#prisma/generated/client.ts'
import { env } from './env.server.ts'
import { OneAtATimeClient } from './one-at-a-time-client.server.ts'
import { remember } from './remember.server.ts'

export type { Prisma }
export type { MailEvent } from '#prisma/generated/client.ts'

export type Db = PrismaClient
/** A transaction that the caller opened: what is written through it is kept or lost as one. */
export type Tx = Prisma.TransactionClient
/** Anything that can be read from: the database as it is now, or one moment of it (`inSnapshot`). */
export type Reader = Db | Tx

/** The connection pool: at most ten connections a process. */
export const pool = remember('pool', () => {
  const made = new pg.Pool({
    connectionString: env.databaseUrl,
    max: 10,
    Client: OneAtATimeClient,
    // Prisma's adapter takes every timestamp for UTC, whatever the server's own time zone is.
    onConnect: async (client) => void (await client.query(`set time zone 'UTC'`)),
  })
  // An idle connection that breaks (the database restarted) is replaced at the next query; it must not end the process.
  made.on('error', () => undefined)
  return made
})

export const db: Db = remember('db', () => new PrismaClient({ adapter: new PrismaPg(pool) }))

/** A transaction waits this long for a connection, and is rolled back when it lasts longer than this. */
const TIMES = { maxWait: 5_000, timeout: 15_000 }

/** Does all of `work`, or none of it. What it returns is what `work` returned. */
export function inTransaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.$transaction(work, TIMES)
}

/** Reads everything in `work` from one moment of the database, so that a page never joins old content with new. */
export function inSnapshot<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result> {
  return db.$transaction(work, { ...TIMES, isolationLevel: 'RepeatableRead' })
}

/** Empties a JSON column: to Prisma, null itself is a value of JSON. */
export const emptyJson = Prisma.DbNull

/** True when a write was refused because such a row exists. Nobody else needs to know Prisma's codes. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}
