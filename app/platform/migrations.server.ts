import { readdir, readFile, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as wasmBindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { runMigrations as runQueueMigrations } from 'graphile-worker'
import pg from 'pg'
import { whyTooOld } from './no-database.ts'
import { SchemaAdapter } from './schema-adapter.server.ts'

// Prisma's CLI downloads a native engine to do this. The same engine as WebAssembly comes with the packages, so that
// an install needs nothing but the registry: docs/decisions/002.

/** Where the schema and its migrations lie. Every process of the product starts in the project's own folder. */
const schemaFile = () => join(process.cwd(), 'prisma', 'schema.prisma')
const migrationsDir = () => join(process.cwd(), 'prisma', 'migrations')

/** One number for "somebody is migrating this database": two processes that start at once take turns. */
const MIGRATION_LOCK = 7_205_001

/** The database cannot be brought up to date without a person. The message says why and what to do. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused'
}

/**
 * Brings a database up to date: the product's tables, then the queue's. Returns the names of the migrations it applied.
 * Throws `MigrationRefused` when a migration that was applied has been edited since, when one failed half-way, or when
 * the database was last used by a newer version.
 */
export async function migrate(databaseUrl: string): Promise<{ applied: string[] }> {
  const lockHolder = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  await lockHolder.connect()
  try {
    const version = await lockHolder.query<{ server_version_num: string }>('show server_version_num')
    const tooOld = whyTooOld(Number(version.rows[0]?.server_version_num))
    if (tooOld !== undefined) throw new MigrationRefused(tooOld)
    await lockHolder.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    const applied = await withEngine(databaseUrl, async (engine, adapter) => {
      const migrationsList = await readMigrations()
      const history = await engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: false,
        filters: noFilter,
      })
      refuseDrift(history)
      const result = await adapter.inOneTransaction(() =>
        engine.applyMigrations({ migrationsList, filters: noFilter }),
      )
      return result.appliedMigrationNames
    })
    await runQueueMigrations({ connectionString: databaseUrl, logger: undefined })
    return { applied }
  } finally {
    // Ending the session gives the lock back.
    await lockHolder.end()
  }
}

/** The names of the migrations that this version brings and this database lacks. */
export async function pendingMigrations(database: pg.Pool): Promise<string[]> {
  const table = await database.query<{ name: string | null }>(
    `select to_regclass('_prisma_migrations') as name`,
  )
  const done = table.rows[0]?.name
    ? await database.query<{ migration_name: string }>(
        'select migration_name from _prisma_migrations where finished_at is not null',
      )
    : { rows: [] }
  const applied = new Set(done.rows.map((row) => row.migration_name))
  return (await migrationNames()).filter((name) => !applied.has(name))
}

/** The SQL that leads from the migrations to `schema.prisma`; empty when they agree. Needs the right to make a database. */
export async function diffMigrations(databaseUrl: string): Promise<string> {
  const schema = { files: [{ path: schemaFile(), content: await readFile(schemaFile(), 'utf8') }] }
  const migrations = await readMigrations()
  const sql = await withEngine(databaseUrl, async (engine) => {
    const result = await engine.diff({
      from: { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: null,
      filters: noFilter,
    })
    return result.stdout ?? ''
  })
  return /^\s*(--[^\n]*\s*)*$/.test(sql) ? '' : sql
}

/** Writes `sql` as the next migration and returns the file's path. `name` is a few words; `at` orders it. */
export async function writeMigration(name: string, sql: string, at: Date): Promise<string> {
  const stamp = at.toISOString().replace(/\D/g, '').slice(0, 14)
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
  const folder = join(migrationsDir(), `${stamp}_${words}`)
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'migration.sql')
  await writeFile(file, sql)
  return file
}

type Engine = wasmBindings.SchemaEngine
type History = Awaited<ReturnType<Engine['diagnoseMigrationHistory']>>

const noFilter = { externalTables: [], externalEnums: [] }

function refuseDrift(history: History): void {
  if (history.editedMigrationNames.length > 0) {
    throw new MigrationRefused(
      `Applied migrations have been edited since: ${history.editedMigrationNames.join(', ')}. ` +
        'Put the files back as they were and write a new migration for the change.',
    )
  }
  if (history.failedMigrationNames.length > 0) {
    throw new MigrationRefused(
      `A migration failed half-way: ${history.failedMigrationNames.join(', ')}. ` +
        'Restore the backup from before the upgrade, or mend the tables by hand and mark it in _prisma_migrations.',
    )
  }
  if (history.history && history.history.diagnostic !== 'databaseIsBehind') {
    throw new MigrationRefused(
      'This database was last used by a newer version of the product ' +
        `(${history.history.unpersistedMigrationNames.join(', ')}). Start that version, or restore an older backup.`,
    )
  }
}

async function withEngine<Result>(
  databaseUrl: string,
  work: (engine: Engine, adapter: SchemaAdapter) => Promise<Result>,
): Promise<Result> {
  await loadEngine()
  const adapter = new SchemaAdapter(databaseUrl)
  const engine = await wasmBindings.SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  )
  try {
    return await work(engine, adapter)
  } finally {
    engine.free()
    await adapter.close()
  }
}

/** Compiles the engine by hand: Node 20 cannot import a .wasm file as a module, as the package's front door does. */
async function loadEngine(): Promise<void> {
  engineLoaded ??= (async () => {
    const file = createRequire(import.meta.url)
      .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
      .replace(/\.js$/, '.wasm')
    const module = await WebAssembly.compile(await readFile(file))
    const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': withIdleTimers() })
    wasmBindings.__wbg_set_wasm(instance.exports)
    ;(instance.exports.__wbindgen_start as () => void)()
  })()
  await engineLoaded
}
let engineLoaded: Promise<void> | undefined

/** The engine leaves the timer of its own lock running for ten seconds: it must not keep a finished process alive. */
function withIdleTimers(): WebAssembly.ModuleImports {
  const bindings = { ...wasmBindings } as unknown as Record<string, WebAssembly.ImportValue>
  for (const [name, setTimer] of Object.entries(bindings)) {
    if (!name.startsWith('__wbg_setTimeout_') || typeof setTimer !== 'function') continue
    bindings[name] = (...args: unknown[]) =>
      (setTimer as (...args: unknown[]) => NodeJS.Timeout)(...args).unref()
  }
  return bindings
}

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsDir(), { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

async function readMigrations() {
  const names = await migrationNames()
  return {
    baseDir: migrationsDir(),
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(join(migrationsDir(), name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  }
}
