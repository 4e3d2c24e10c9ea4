import { randomBytes } from 'node:crypto'
import { databaseUrl, onServer } from './ground.ts'

export type FreshDatabase = { url: string; drop: () => Promise<void> }

/** What a database is a copy of: every table and no record, or what a first start leaves behind. */
export type StartsAs = 'empty' | 'seeded'

/** A database of one's own, copied in a fraction of a second. Drop it when done; the end of the run drops the rest. */
export async function freshDatabase(startsAs: StartsAs = 'empty'): Promise<FreshDatabase> {
  const { serverUrl, prefix } = ground()
  const name = `${prefix}_${randomBytes(6).toString('hex')}`
  await onServer(serverUrl, (server) =>
    server.query(`create database ${name} template ${prefix}_${startsAs}`),
  )
  return {
    url: databaseUrl(serverUrl, name),
    drop: () => dropDatabase(serverUrl, name),
  }
}

/**
 * Puts the seed in place of this test file's empty database: `beforeAll(startFromSeed)`. Call it before the first
 * question to the database.
 */
export async function startFromSeed(): Promise<void> {
  const { serverUrl, prefix } = ground()
  const name = new URL(process.env['DATABASE_URL'] ?? '').pathname.slice(1)
  if (!name.startsWith(`${prefix}_`)) throw new Error(`${name} is not a database of this test run`)
  await dropDatabase(serverUrl, name)
  await onServer(serverUrl, (server) => server.query(`create database ${name} template ${prefix}_seeded`))
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await onServer(serverUrl, (server) => server.query(`drop database if exists ${name} with (force)`))
}

function ground(): { serverUrl: string; prefix: string } {
  const { TEST_DATABASE_URL: serverUrl, TEST_DATABASE_PREFIX: prefix } = process.env
  if (!serverUrl || !prefix) {
    throw new Error(
      'There is no database to test against here: name the file *.server.test.ts, or put it into tests/http/ or tests/processes/.',
    )
  }
  return { serverUrl, prefix }
}
