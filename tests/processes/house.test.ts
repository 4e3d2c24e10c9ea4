import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../support/database.ts'
import { startHouse, startWorker } from '../support/house.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase('seeded')
})
afterAll(() => database.drop())

test('the site serves its front page as soon as it says that it can, and ends when it is asked to', async () => {
  const house = await startHouse(database.url)
  const answer = await house.fetch('/')
  console.log(answer.headers, (await answer.text()).slice(0, 3000))
  expect(answer.status).toBe(200)
  expect(await house.stop()).toEqual({ code: 0, signal: null })
  console.log(house.lines)
})

test('the worker ends when it is asked to', async () => {
  const worker = await startWorker(database.url)
  expect(await worker.stop()).toEqual({ code: 0, signal: null })
})
