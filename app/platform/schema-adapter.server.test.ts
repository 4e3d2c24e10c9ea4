import { expect, test } from 'vitest'
import { pool } from './db.server.ts'
import { SchemaAdapter } from './schema-adapter.server.ts'

const url = process.env['DATABASE_URL'] ?? ''

async function run(script: string): Promise<void> {
  const adapter = new SchemaAdapter(url)
  const connection = await adapter.connect()
  try {
    await connection.executeScript(script)
  } finally {
    await adapter.close()
  }
}

async function tableNamed(name: string): Promise<unknown> {
  return (await pool.query('select to_regclass($1) as found', [name])).rows[0].found
}

test('a migration that fails half-way leaves nothing of itself behind', async () => {
  await expect(
    run('create table half (id int); select 1 / 0; create table other (id int);'),
  ).rejects.toThrow()
  expect(await tableNamed('half')).toBeNull()
})

test('a migration may define a function, whose body holds semicolons of its own', async () => {
  await run(`
    create table whole (id int);
    create function nothing() returns void language plpgsql as $$ begin perform 1; perform 2; end $$;
    insert into whole values (1);
  `)
  expect(await tableNamed('whole')).toBe('whole')
  expect((await pool.query('select nothing()')).rowCount).toBe(1)
})

test('the scratch database of a comparison is another one, and is gone afterwards', async () => {
  const adapter = new SchemaAdapter(url)
  const shadow = await adapter.connectToShadowDb()
  await shadow.executeScript('create table only_in_shadow (id int)')
  const { rows } = await shadow.queryRaw({ sql: 'select current_database()::text', args: [], argTypes: [] })
  await shadow.dispose()
  await adapter.close()
  expect(await tableNamed('only_in_shadow')).toBeNull()
  const left = await pool.query('select count(*)::int as count from pg_database where datname = $1', [
    rows[0]?.[0],
  ])
  expect(rows[0]?.[0]).toMatch(/^shadow_/)
  expect(left.rows[0].count).toBe(0)
})
