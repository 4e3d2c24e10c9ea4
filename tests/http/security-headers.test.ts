import { afterAll, beforeAll, expect, test } from 'vitest'
import { securityHeaders } from '#app/platform/security-headers.server.ts'
import { startHouse, type House } from '../support/house.ts'

let house: House
beforeAll(async () => {
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
})
afterAll(() => house.stop())

test.each(['/privacy', '/sandbox/components', '/no-such-page', '/theme.css', '/healthz', '/favicon.svg'])(
  'whatever a visitor asks for, %s tells the browser to be careful',
  async (path) => {
    const answer = await house.fetch(path)
    expect(answer).toHaveHeader('x-content-type-options', 'nosniff')
    expect(answer).toHaveHeader('referrer-policy', 'same-origin')
    expect(answer).toHaveHeader('x-frame-options', 'DENY')
    expect(answer).toHaveHeader('cross-origin-opener-policy', 'same-origin')
    expect(answer.headers.has('x-powered-by')).toBe(false)
  },
)

test('a live site asks browsers to come by https only; a sandbox on plain http does not', async () => {
  expect(securityHeaders('live')['strict-transport-security']).toMatch(/^max-age=\d{8}/)
  expect((await house.fetch('/')).headers.has('strict-transport-security')).toBe(false)
})

test('every answer has an id of its own, by which an operator finds it in the log', async () => {
  const ids = await Promise.all(
    [1, 2, 3].map(async () => (await house.fetch('/')).headers.get('x-request-id')),
  )
  expect(new Set(ids).size).toBe(3)
  for (const id of ids) expect(id).toMatch(/^[\w-]{16}$/)
})
