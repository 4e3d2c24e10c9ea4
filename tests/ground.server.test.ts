import { expect, test } from 'vitest'
import { db } from '#app/platform/db.server.ts'

test('hello', async () => {
  expect(await db.charity.count()).toBe(0)
  console.log(process.env.DATABASE_URL, process.env.SEED)
})
