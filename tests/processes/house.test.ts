import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../support/database.ts'
import { startHouse, startWorker } from '../support/house.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase('seeded')
})
afterAll(() => database.drop())

test('the site serves its front page once it says that it can, and ends when it is asked to', async () => {
  const house = await startHouse(database.url)
  const answer = await house.fetch('/')
  expect(answer.status).toBe(200)
  expect(answer).toHaveHeader('content-type', /^text\/html/)
  expect(await answer.text()).toContain('</html>')
  expect(await house.stop()).toEqual({ code: 0, signal: null })
})

test('the worker ends when it is asked to', async () => {
  const worker = await startWorker(database.url)
  expect(await worker.stop()).toEqual({ code: 0, signal: null })
})

test('a site that cannot start says why to whoever started it', async () => {
  await expect(startHouse(database.url, { APP_URL: 'https://example.org' })).rejects.toThrow(
    /The web ended \(78\) before it was ready:[^]*a sandbox is served on this machine only/,
  )
})
