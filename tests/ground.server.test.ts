import fc from 'fast-check'
import { expect, test } from 'vitest'
import { db } from '#app/platform/db.server.ts'
import { complaints, expectConsoleError } from './support/console.ts'
import { freshDatabase } from './support/database.ts'
import { onServer } from './support/ground.ts'

test('a test file finds a database of its own, with every table and no record', async () => {
  expect(await db.charity.count()).toBe(0)
})

test('a database made from the seed holds a charity, and leaves the next one as it was', async () => {
  const charities = (url: string) =>
    onServer(url, async (client) => (await client.query('select name from charity')).rows.length)

  const seeded = await freshDatabase('seeded')
  expect(await charities(seeded.url)).toBe(1)
  await onServer(seeded.url, (client) => client.query('delete from charity'))
  const next = await freshDatabase('seeded')
  expect(await charities(next.url)).toBe(1)

  await seeded.drop()
  await next.drop()
})

test('a complaint that nobody expected is held against the test', () => {
  console.error('The lights are out')
  console.warn('Mind the %s', { step: 1 })
  expect(complaints()).toEqual(['console.error: The lights are out', 'console.warn: Mind the %s { step: 1 }'])
})

test('a complaint that was announced is let be, and one that does not come is missed', () => {
  expectConsoleError(/lights are out/)
  expectConsoleError(/door is open/)
  console.error('The lights are out')
  expect(complaints()).toEqual(['Nothing was said that matches /door is open/'])
})

test('chance is fixed for the whole run', () => {
  expect(fc.readConfigureGlobal().seed).toBe(Number(process.env['SEED']))
})
