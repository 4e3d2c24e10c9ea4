import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { db } from '#app/platform/db.server.ts'
import { startHouse, startWorker, type House } from '../support/house.ts'

const url = process.env['DATABASE_URL'] ?? ''
let house: House
beforeAll(async () => {
  house = await startHouse(url, { METRICS_TOKEN: 'a-token-for-metrics' })
})
afterAll(() => house.stop())

test('a process that is up says so', async () => {
  expect((await house.fetch('/healthz')).status).toBe(200)
})

describe('an operator who asks whether the site is ready', () => {
  test('hears of the worker, which does not decide', async () => {
    const before = await house.fetch('/readyz')
    expect(before.status).toBe(200)
    expect(await before.json()).toMatchObject({
      database: 'answers',
      migrations: 'up to date',
      worker: 'never seen',
    })

    const worker = await startWorker(url)
    await expect
      .poll(async () => (await (await house.fetch('/readyz')).json()).worker, { timeout: 10_000 })
      .toBe('works')
    await worker.stop()
  })

  test('hears that the database lacks a migration', async () => {
    const [last] = await db.$queryRaw<{ migration_name: string }[]>`
      select migration_name from _prisma_migrations order by migration_name desc limit 1`
    await db.$executeRaw`update _prisma_migrations set migration_name = 'renamed' where migration_name = ${last?.migration_name}`
    const answer = await house.fetch('/readyz')
    await db.$executeRaw`update _prisma_migrations set migration_name = ${last?.migration_name} where migration_name = 'renamed'`
    expect(answer.status).toBe(503)
    expect((await answer.json()).migrations).toContain('npm run db -- migrate')
  })
})

test('a crowd that asks whether the site is ready does not use up the database’s connections', async () => {
  let crowdIsThere = true
  const crowd = Promise.all(
    Array.from({ length: 80 }, async () => (await house.fetch('/readyz')).status),
  ).finally(() => (crowdIsThere = false))
  let most = 0
  while (crowdIsThere) {
    const [row] = await db.$queryRaw<{ connections: number }[]>`
      select count(*)::int as connections from pg_stat_activity where datname = current_database()`
    most = Math.max(most, row?.connections ?? 0)
  }
  expect(new Set(await crowd)).toEqual(new Set([200]))
  // The site's pool, its line for changes, this test's pool, and a few.
  expect(most).toBeLessThan(30)
})

describe('the figures', () => {
  test('are for whoever has the token', async () => {
    const answer = await house.fetch('/metrics', { headers: { authorization: 'Bearer a-token-for-metrics' } })
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toContain('worker_heartbeat_age_seconds')
    expect(text).toContain('http_request_seconds_count')
  })

  test.each([undefined, 'Bearer wrong-token-for-metrics', 'a-token-for-metrics'])(
    'and for nobody with %s',
    async (authorization) => {
      const answer = await house.fetch('/metrics', { headers: authorization ? { authorization } : {} })
      expect(answer.status).toBe(401)
    },
  )
})
