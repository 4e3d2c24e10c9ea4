import pg from 'pg'
import { clock } from './clock.server.ts'
import { db, inTransaction, pool, type Tx } from './db.server.ts'
import { env } from './env.server.ts'
import { checkInstallation } from './installation.server.ts'
import { diffMigrations, migrate, MigrationRefused, writeMigration } from './migrations.server.ts'
import { whyNoDatabase } from './no-database.ts'
import { emptyStandIns } from './stand-ins.server.ts'

/** A command could not do what was asked; the message is for the person at the keyboard. */
export class CommandRefused extends Error {
  override name = 'CommandRefused'
}

/**
 * `npm run db -- …`
 *   migrate            bring the tables up to date
 *   diff [NAME]        show the SQL from the migrations to schema.prisma; with a NAME, write it as a migration
 *   reset --yes        sandbox only: throw everything away and begin again
 *   prepare            what every start does: migrate, check whose database it is, seed when empty
 * `seed` fills an empty database.
 */
export async function dbCommand(args: string[], seed: (tx: Tx) => Promise<unknown>): Promise<void> {
  const [verb, ...rest] = args
  switch (verb) {
    case 'prepare':
      return prepare(seed)
    case 'migrate':
      return say(await migrateOrRefuse())
    case 'diff':
      return diff(rest.join(' '))
    case 'reset':
      return reset(rest.includes('--yes'), seed)
    default:
      throw new CommandRefused('Say what to do with the database: migrate, diff [NAME], or reset --yes.')
  }
}

async function prepare(seed: (tx: Tx) => Promise<unknown>): Promise<void> {
  const applied = await migrateOrRefuse()
  await inTransaction(async (tx) => {
    // Two first starts at once would both find the table empty.
    await tx.$executeRaw`lock table installation in exclusive mode`
    await requireOurDatabase(tx)
    await seed(tx)
  })
  if (applied.length > 0) say(applied)
}

async function migrateOrRefuse(): Promise<string[]> {
  try {
    return (await migrate(env.databaseUrl)).applied
  } catch (error) {
    if (error instanceof MigrationRefused) throw new CommandRefused(error.message)
    const why = whyNoDatabase(error, new URL(env.databaseUrl, 'postgresql://base'))
    throw why === undefined ? error : new CommandRefused(why)
  }
}

/** Refuses to go on with the database of another installation; a new one is ours from now on. */
export async function requireOurDatabase(tx: Tx): Promise<void> {
  const check = await checkInstallation(tx, env.mode, env.appUrl)
  switch (check.outcome) {
    case 'new':
    case 'ours':
      return
    case 'other-mode':
      throw new CommandRefused(
        `This database belongs to a ${check.was} installation, and the keys given make this a ${env.mode} one. ` +
          'Give the keys it was made with, or another DATABASE_URL or DATA_DIR.',
      )
    case 'other-address':
      throw new CommandRefused(
        `This database belongs to ${check.was}, and APP_URL is ${env.appUrl}. Links already mailed would break: ` +
          `set APP_URL to ${check.was}, or give another DATABASE_URL.`,
      )
  }
}

async function diff(name: string): Promise<void> {
  const sql = await diffMigrations(env.databaseUrl)
  if (sql === '') return print('The migrations and schema.prisma agree.')
  if (name === '') return print(sql)
  print(
    `Wrote ${await writeMigration(name, sql, clock.now())}: read it, add what Prisma cannot say, then migrate.`,
  )
}

async function reset(sure: boolean, seed: (tx: Tx) => Promise<unknown>): Promise<void> {
  if (env.mode !== 'sandbox')
    throw new CommandRefused('Only a sandbox can be reset: this database holds real records.')
  if (!sure)
    throw new CommandRefused('This throws away everything in the sandbox. Say so: npm run db -- reset --yes')
  const client = new pg.Client({ connectionString: env.databaseUrl })
  await client.connect()
  try {
    const mode = await client.query<{ name: string | null }>(`select to_regclass('installation') as name`)
    if (mode.rows[0]?.name) {
      const first = await client.query<{ mode: string }>('select mode from installation')
      if (first.rows[0] && first.rows[0].mode !== 'sandbox') {
        throw new CommandRefused(
          `This database belongs to a ${first.rows[0].mode} installation and stays as it is.`,
        )
      }
    }
    await client.query(
      'drop schema if exists graphile_worker cascade; drop schema public cascade; create schema public',
    )
  } finally {
    await client.end()
  }
  await emptyStandIns()
  await prepare(seed)
}

function say(applied: string[]): void {
  print(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Ends every connection of this process. */
export async function closeDb(): Promise<void> {
  await db.$disconnect()
  await pool.end()
}
