import { request } from 'node:http'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, startFromSeed } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'

let house: House
beforeAll(async () => {
  await startFromSeed()
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
})
afterAll(() => house.stop())

describe.each(['/no-such-page', '/report/findings/no-such-finding', '/partners/no-such-partner'])(
  'a visitor who asks for %s',
  (path) => {
    test('stays on the site: header, footer, what happened, what to do', async () => {
      const answer = await house.fetch(path)
      const html = await answer.text()
      expect(answer.status).toBe(404)
      expect(html).toContain('<header')
      expect(html).toContain('<footer')
      expect(html.match(/<h1/g)).toHaveLength(1)
      expect(html).toMatch(/<main[\s\S]*<a href="\//)
      expect(html).not.toMatch(/<script/)
    })
  },
)

test('an address with a slash too many is no fault of ours, and leads to no other host', async () => {
  for (const path of ['//', '///', '//elsewhere.example/report', '//elsewhere.example/sandbox/components']) {
    // As sent: a URL object would take the second slash for the beginning of a host.
    const status = await new Promise((resolve, reject) => {
      request(house.url, { path }, (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end()
    })
    expect([308, 404], path).toContain(status)
    if (path.includes('elsewhere')) expect(status, path).toBe(404)
  }
})

test('when it is our fault the page says so, with the id under which an operator finds it, and no inner detail', async () => {
  const admin = new pg.Client({ connectionString: process.env['DATABASE_URL'] })
  await admin.connect()
  await admin.query('alter table partner rename to partner_away')
  const answer = await house.fetch('/partners')
  await admin.query('alter table partner_away rename to partner')
  await admin.end()

  const html = await answer.text()
  expect(answer.status).toBe(500)
  expect(answer).toHaveHeader('cache-control', 'no-store')
  expect(html).toContain('<footer')
  expect(html).toContain(answer.headers.get('x-request-id') ?? 'no id')
  expect(html).not.toMatch(/partner_away|prisma|relation|does not exist|node_modules/i)
  expect(house.log()).toContainEqual(
    expect.objectContaining({ level: 50, requestId: answer.headers.get('x-request-id') }),
  )
  expect((await house.fetch('/partners')).status).toBe(200)
})

test('when the database is away every page says so in the site’s frame, and comes back by itself', async () => {
  const database = await freshDatabase('seeded')
  const alone = await startHouse(database.url)
  const admin = new pg.Client({ connectionString: process.env['TEST_DATABASE_URL'] })
  await admin.connect()
  const name = new URL(database.url).pathname.slice(1)
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
  await admin.query(`alter database ${name} rename to ${name}_away`)
  for (const path of ['/', '/contact', '/no-such-page']) {
    const answer = await alone.fetch(path)
    const html = await answer.text()
    expect(answer.status, path).toBeGreaterThanOrEqual(404)
    expect(html, path).toContain('<header')
    expect(html, path).toContain('<footer')
    expect(html, path).not.toContain(name)
  }
  expect((await alone.fetch('/readyz')).status).toBe(503)
  expect((await alone.fetch('/healthz')).status).toBe(200)

  await admin.query(`alter database ${name}_away rename to ${name}`)
  await admin.end()
  await expect.poll(async () => (await alone.fetch('/')).status, { timeout: 15_000 }).toBe(200)
  await alone.stop()
  await database.drop()
})
