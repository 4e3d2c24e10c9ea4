import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../bin/parts/embedded-postgres.mjs'
import { projectRoot, withSettings } from './settings.ts'

/**
 * Where the tests' databases stand: a server, and on it two databases to copy. It travels to every process of a run in
 * two environment variables, TEST_DATABASE_URL (a server's address, with the right to make databases) and
 * TEST_DATABASE_PREFIX (this run's own names).
 */
export type Ground = {
  /** Drops every database of this run, and ends the server if the run started it. */
  leave: () => Promise<void>
}

/**
 * Prepares the ground once a run: PREFIX_empty has every table and no record, PREFIX_seeded is what a first start
 * leaves behind. Without TEST_DATABASE_URL it starts a server of its own in a scratch folder.
 * Throws when the migrations or the seed fail, with what they said.
 */
export async function prepareGround(): Promise<Ground> {
  const own = process.env['TEST_DATABASE_URL'] ? undefined : await startServer()
  const serverUrl = process.env['TEST_DATABASE_URL'] ?? own?.url ?? ''
  const prefix = `courage_test_${randomBytes(4).toString('hex')}`
  const leave = async () => {
    await dropAll(serverUrl, prefix)
    await own?.stop()
  }
  try {
    await onServer(serverUrl, (server) => server.query(`create database ${prefix}_empty`))
    await command(databaseUrl(serverUrl, `${prefix}_empty`), 'db', 'migrate')
    await onServer(serverUrl, (server) =>
      server.query(`create database ${prefix}_seeded template ${prefix}_empty`),
    )
    await command(databaseUrl(serverUrl, `${prefix}_seeded`), 'db', 'prepare')
  } catch (error) {
    await leave()
    throw error
  }
  process.env['TEST_DATABASE_URL'] = serverUrl
  process.env['TEST_DATABASE_PREFIX'] = prefix
  return { leave }
}

/** The address of the database `name` on the server that `serverUrl` leads to. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Does `work` on the server's own database, and hangs up. */
export async function onServer<Result>(
  serverUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ground-'))
  // PostgreSQL does not run as root; started by root, its own user must be able to enter.
  await chmod(folder, 0o711)
  const server = await startEmbeddedPostgres({ dataDir: folder })
  return {
    url: databaseUrl(server.url, 'postgres'),
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Runs one of the product's commands against a database, as a start does. */
async function command(url: string, ...args: string[]): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'app/command.ts', ...args], {
      cwd: projectRoot,
      env: withSettings({ DATABASE_URL: url, COURAGE_PROCESS: 'command' }),
    })
  } catch (error) {
    const said = (error as { stderr?: string }).stderr ?? ''
    throw new Error(`"${args.join(' ')}" failed on the tests' database:\n${said}`, { cause: error })
  }
}

async function dropAll(serverUrl: string, prefix: string): Promise<void> {
  await onServer(serverUrl, async (server) => {
    const { rows } = await server.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [`${prefix}_`],
    )
    for (const { datname } of rows) await server.query(`drop database ${datname} with (force)`)
  })
}
