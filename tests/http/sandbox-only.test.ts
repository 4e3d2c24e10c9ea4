import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'

// A test installation: the services' test keys, and none of a sandbox's tools.
const testKeys = {
  STRIPE_SECRET_KEY: 'sk_test_nothing',
  STRIPE_WEBHOOK_SECRET: 'whsec_nothing',
  RESEND_API_KEY: 're_nothing',
  RESEND_WEBHOOK_SECRET: 'whsec_nothing',
  MAIL_FROM: 'Charity <news@charity.example>',
  LETTERS_DOMAIN: 'letters.charity.example',
}

let database: FreshDatabase
let house: House
beforeAll(async () => {
  database = await freshDatabase('seeded')
  house = await startHouse(database.url, testKeys)
})
afterAll(async () => {
  await house.stop()
  await database.drop()
})

test('outside a sandbox there are no sandbox pages', async () => {
  expect((await house.fetch('/')).status).toBe(200)
  expect((await house.fetch('/sandbox/components')).status).toBe(404)
})

test('a test installation says on every page that it is one', async () => {
  expect(await (await house.fetch('/privacy')).text()).toContain('Test site')
})
