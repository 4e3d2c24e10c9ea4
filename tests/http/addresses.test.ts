import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startFromSeed } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'

let house: House
beforeAll(async () => {
  await startFromSeed()
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
})
afterAll(() => house.stop())

/** Asks for exactly `target`: `fetch` would tidy it first. */
function ask(target: string, method = 'GET', headers: Record<string, string> = {}) {
  return new Promise<{ status: number; location: string | undefined; etag: string | undefined }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(house.url)
      const call = request({ hostname, port, path: target, method, headers }, (answer) => {
        answer.resume()
        const { location, etag } = answer.headers
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, location, etag }))
      })
      call.on('error', reject)
      call.end()
    },
  )
}

describe('a reading page has one address, and its other spellings lead there:', () => {
  test.each([
    ['/report/', '/report'],
    ['/REPORT', '/report'],
    ['/%72eport', '/report'],
    ['/report//', '/report'],
    ['/Report/Findings/humanitarian-aid', '/report/findings/humanitarian-aid'],
    ['/report/findings/humanitarian%2Daid?from=card', '/report/findings/humanitarian-aid?from=card'],
    ['//', '/'],
  ])('%s', async (spelling, address) => {
    expect(await ask(spelling)).toEqual({ status: 308, location: address, etag: undefined })
    expect((await ask(address)).status).toBe(200)
  })

  test.each(['/x/../report', '/report/findings/%2e%2e/../report', 'http://other.example/report'])(
    '%s is that address',
    async (spelling) => {
      expect(await ask(spelling)).toEqual(await ask('/report'))
    },
  )
})

test.each(['//other.example/report', '//[token', '/\\other.example'])(
  'nobody chooses our host by an address: %s is a page that is not there',
  async (target) => {
    expect((await ask(target)).status).toBe(404)
  },
)

test.each(['*', 'other.example:443'])('what is no path is refused: %s', async (target) => {
  expect((await ask(target, 'OPTIONS')).status).toBe(400)
})

test.each([
  '/webhooks/../sandbox/components',
  '/webhooks/%2e%2e/sandbox/components',
  '/unsubscribe/..\\sandbox/components',
])('a form of another site does not pass for a machine by a detour: %s', async (target) => {
  const origin = 'https://evil.example'
  expect((await ask(target, 'POST', { origin })).status).toBe(403)
})

test('a site whose own name leads to this machine is another site still', async () => {
  const host = `evil.example:${new URL(house.url).port}`
  const answer = await ask('/sandbox/components', 'POST', { host, origin: `http://${host}` })
  expect(answer.status).toBe(403)
})

test('no address reaches the log, however it is misspelt', async () => {
  for (const target of ['//[very-secret', '/%E0%A4%Avery-secret', 'http://[very-secret/', '//very-secret'])
    await ask(target)
  await house.stop()
  expect(house.lines.join('\n')).not.toContain('very-secret')
})
