import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFromSeed } from '../support/database.ts'
import { everyRow } from '../support/every-row.ts'
import { startHouse, type House } from '../support/house.ts'

let house: House
beforeAll(async () => {
  await startFromSeed()
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
})
afterAll(() => house.stop())

/** Follows every link of the site from its front page, as a mail scanner or a search engine would. */
async function everyAddress(): Promise<string[]> {
  const found = new Set(['/', '/theme.css', '/sandbox/components', '/healthz', '/readyz', '/no-such-page'])
  for (const address of found) {
    const answer = await house.fetch(address)
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue
    for (const [, href] of (await answer.text()).matchAll(/href="(\/[^"#]*)/g)) if (href) found.add(href)
  }
  return [...found]
}

test('a scanner that follows every link, by GET and by HEAD, changes nothing', async () => {
  const before = await everyRow()
  const addresses = await everyAddress()
  expect(addresses.length).toBeGreaterThan(15)
  for (const address of addresses) {
    for (const method of ['GET', 'HEAD']) {
      const answer = await house.fetch(address, { method })
      expect(answer.status, `${method} ${address}`).toBeLessThan(500)
      expect(answer.headers.has('set-cookie')).toBe(false)
      await answer.arrayBuffer()
    }
  }
  expect(await everyRow()).toEqual(before)
})
