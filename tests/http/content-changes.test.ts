import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, type Tx } from '#app/platform/db.server.ts'
import { contentChanged } from '#app/platform/page-cache.server.ts'
import { startFromSeed } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'

let houses: House[]
beforeAll(async () => {
  await startFromSeed()
  const url = process.env['DATABASE_URL'] ?? ''
  houses = await Promise.all([startHouse(url), startHouse(url)])
})
afterAll(() => Promise.all(houses.map((house) => house.stop())))

/** A member of staff changes three things in one go; each shows on the front page. */
async function edit(tx: Tx, edition: number): Promise<void> {
  await tx.charity.updateMany({ data: { strapline: `Strapline of edition ${edition}` } })
  await tx.report.updateMany({ data: { caveat: `Caveat of edition ${edition}` } })
  await tx.finding.updateMany({ data: { summary: `Summary of edition ${edition}` } })
  await contentChanged(tx)
}

async function editionsOn(house: House): Promise<string[]> {
  const html = await (await house.fetch('/')).text()
  return [...html.matchAll(/(?:Strapline|Caveat|Summary) of edition (\d+)/g)].map(
    ([, edition]) => edition ?? '',
  )
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('It did not come true in a hundred looks')
}

test('what staff change in one process, readers of every other process see', async () => {
  for (const house of houses) await house.fetch('/')
  await inTransaction((tx) => edit(tx, 1))
  // How soon is measured by `npm run bench -- content`; here only that it happens, however busy the machine is.
  for (const house of houses) await until(async () => new Set(await editionsOn(house)).has('1'))
})

test('a change that is taken back is seen by nobody', async () => {
  await inTransaction((tx) => edit(tx, 2))
  await inTransaction(async (tx) => {
    await edit(tx, 3)
    throw new Error('staff changed their mind')
  }).catch(() => undefined)
  for (const house of houses) await until(async () => new Set(await editionsOn(house)).has('2'))
  for (const house of houses) expect(await editionsOn(house)).not.toContain('3')
})

test('while staff edit, nobody gets half of the old page and half of the new', async () => {
  let editing = true
  const readers = houses.flatMap((house) =>
    [1, 2, 3, 4].map(async () => {
      const seen: Set<string>[] = []
      while (editing) seen.push(new Set(await editionsOn(house)))
      return seen
    }),
  )
  for (let edition = 100; edition < 180; edition++) await inTransaction((tx) => edit(tx, edition))
  editing = false
  const pages = (await Promise.all(readers)).flat()
  expect(pages.length).toBeGreaterThan(50)
  expect(new Set(pages.flatMap((page) => [...page])).size).toBeGreaterThan(3)
  for (const page of pages) expect([...page]).toHaveLength(1)
  for (const house of houses)
    await until(async () => (await editionsOn(house)).every((edition) => edition === '179'))
})

test('a house that has lost its line to the database keeps no page until it hears again', async () => {
  const admin = new pg.Client({ connectionString: process.env['DATABASE_URL'] })
  await admin.connect()
  for (const house of houses) await house.fetch('/')
  // Every listening connection is cut, and content changes while nobody hears of it.
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %' or query = 'select 1'`,
  )
  await inTransaction((tx) => edit(tx, 500))
  await admin.end()
  for (const house of houses)
    await until(async () => (await editionsOn(house)).every((edition) => edition === '500'))
})
