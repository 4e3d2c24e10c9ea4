import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'
import { serviceSettings } from '../support/settings.ts'

// A test installation has none of a sandbox's tools.
let database: FreshDatabase
let house: House
beforeAll(async () => {
  database = await freshDatabase('seeded')
  house = await startHouse(database.url, serviceSettings)
})
afterAll(async () => {
  await house.stop()
  await database.drop()
})

test.each([
  '/sandbox/components',
  '/sandbox/mail',
  '/sandbox/mail/newest',
  '/sandbox/mail/1',
  '/sandbox/mail/1/html',
  '/sandbox/mail/1/attachments/1',
])('outside a sandbox there is no %s', async (path) => {
  expect((await house.fetch('/')).status).toBe(200)
  expect((await house.fetch(path)).status).toBe(404)
})

test('outside a sandbox nobody lets things happen to mail', async () => {
  const form = {
    method: 'POST',
    headers: { origin: house.url },
    body: new URLSearchParams({ type: 'email.bounced' }),
  }
  expect((await house.fetch('/sandbox/mail/1', form)).status).toBe(404)
})

test('a test installation says on every page that it is one', async () => {
  const page = await (await house.fetch('/privacy')).text()
  expect(page).toContain('Test site')
  expect(page).not.toContain('/sandbox/mail')
})
