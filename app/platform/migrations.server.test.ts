import { describe, expect, test } from 'vitest'
import { db, pool } from './db.server.ts'
import { diffMigrations, migrate, MigrationRefused, pendingMigrations } from './migrations.server.ts'

const url = process.env['DATABASE_URL'] ?? ''

/** Alters the record of the newest migration for the time of `work`. */
async function withLastMigration(change: string, work: () => Promise<void>): Promise<void> {
  const last = await pool.query('select * from _prisma_migrations order by migration_name desc limit 1')
  const { id, migration_name, checksum, finished_at } = last.rows[0]
  await pool.query(`update _prisma_migrations set ${change} where id = $1`, [id])
  try {
    await work()
  } finally {
    await pool.query(
      'update _prisma_migrations set migration_name = $2, checksum = $3, finished_at = $4 where id = $1',
      [id, migration_name, checksum, finished_at],
    )
  }
}

test('the migrations and schema.prisma say the same', async () => {
  expect(await diffMigrations(url)).toBe('')
})

test('two processes that start at once take turns, and neither does the other’s work again', async () => {
  await pool.query('drop schema public cascade; drop schema graphile_worker cascade; create schema public')
  const results = await Promise.all([migrate(url), migrate(url), migrate(url)])
  const applied = results.map((result) => result.applied.length).sort()
  expect(applied.slice(0, 2)).toEqual([0, 0])
  expect(applied[2]).toBeGreaterThan(0)
  expect(await pendingMigrations(pool)).toEqual([])
  expect(await db.charity.count()).toBe(0)
})

test('an upgrade that is killed in the middle leaves the database as it was, and the next start does it', async () => {
  await pool.query('drop schema public cascade; drop schema graphile_worker cascade; create schema public')
  // Somebody is making a table of the same name, so that the upgrade waits.
  const other = await pool.connect()
  await other.query('begin; create table installation (id int)')
  const upgrade = migrate(url).then(
    () => 'done',
    () => 'cut off',
  )
  try {
    await expect
      .poll(async () => {
        const { rows } = await pool.query(
          `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
        )
        for (const { pid } of rows) await pool.query('select pg_terminate_backend($1)', [pid])
        return rows.length
      })
      .toBeGreaterThan(0)
    expect(await upgrade).toBe('cut off')
  } finally {
    await other.query('rollback')
    other.release()
  }
  expect((await migrate(url)).applied.length).toBeGreaterThan(0)
  expect(await pendingMigrations(pool)).toEqual([])
})

describe('an upgrade stops, and says why', () => {
  test('when a migration was edited after it was applied', async () => {
    await withLastMigration(`checksum = 'of other text'`, async () => {
      await expect(migrate(url)).rejects.toThrow(MigrationRefused)
      await expect(migrate(url)).rejects.toThrow(/edited since.*Put the files back/)
    })
  })

  test('when the last one failed half-way', async () => {
    await withLastMigration('finished_at = null', async () => {
      await expect(migrate(url)).rejects.toThrow(/failed half-way.*Restore the backup/)
    })
  })

  test('when a newer version of the product has used the database', async () => {
    await withLastMigration(`migration_name = '29990101000000_from_the_future'`, async () => {
      await expect(migrate(url)).rejects.toThrow(/newer version.*29990101000000_from_the_future/)
    })
  })
})

test('a record is read back with the time it was written with, whatever the server’s time zone', async () => {
  const { rows } = await pool.query('select current_database() as name')
  await pool.query(`alter database ${rows[0].name} set timezone to 'Asia/Yerevan'`)
  // Several at once, so that connections are used that began after the change.
  const times = Array.from({ length: 8 }, (_, hour) => new Date(`2026-03-29T0${hour}:30:00.123Z`))
  await Promise.all(
    times.map(async (at) => {
      const name = at.toISOString()
      await db.$queryRaw`select pg_sleep(0.05)::text`
      await db.heartbeat.create({ data: { name, at } })
      expect((await db.heartbeat.findUniqueOrThrow({ where: { name } })).at).toEqual(at)
      const [stored] = await db.$queryRaw<{ ms: number }[]>`
        select (extract(epoch from at) * 1000)::float8 as ms from heartbeat where name = ${name}`
      expect(stored?.ms).toBe(at.getTime())
    }),
  )
})
