import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startHouse, type House } from '../support/house.ts'

let house: House
beforeAll(async () => {
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
})
afterAll(() => house.stop())

function post(path: string, headers: Record<string, string>): Promise<Response> {
  return house.fetch(path, {
    method: 'POST',
    body: 'name=Ani',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })
}

const methods = ['POST', 'PUT', 'PATCH', 'DELETE']

describe('a form of another site', () => {
  test.each(['https://evil.example', 'null', 'http://localhost.evil.example', 'http://127.0.0.1:1'])(
    'from %s cannot act in a visitor’s name',
    async (origin) => {
      const answer = await post('/sandbox/components', { origin })
      expect(answer.status).toBe(403)
      expect(answer).toHaveHeader('cache-control', 'no-store')
    },
  )

  test.each(methods)('cannot do so by %s either', async (method) => {
    const answer = await house.fetch('/sandbox/components', {
      method,
      headers: { origin: 'https://evil.example' },
    })
    expect(answer.status).toBe(403)
  })

  test('is refused when it hides where it comes from', async () => {
    expect((await post('/sandbox/components', {})).status).toBe(403)
    expect((await post('/sandbox/components', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post('/sandbox/components', { 'sec-fetch-site': 'same-site' })).status).toBe(403)
  })

  test('is told on a whole page what happened and what to do', async () => {
    const html = await (await post('/sandbox/components', { origin: 'https://evil.example' })).text()
    expect(html).toContain('<header')
    expect(html).toContain('<footer')
    expect(html).toContain('<h1')
  })
})

test('our own forms are taken, whether the browser sends Origin or only Sec-Fetch-Site', async () => {
  expect((await post('/sandbox/components', { origin: house.url })).status).not.toBe(403)
  expect((await post('/sandbox/components', { 'sec-fetch-site': 'same-origin' })).status).not.toBe(403)
})

test('our own forms are taken behind a proxy that calls us by another name', async () => {
  const answer = await post('/sandbox/components', {
    origin: house.url,
    'x-forwarded-host': 'inner.example',
  })
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('There is a problem')
})

test('a sandbox takes forms under each name of this machine', async () => {
  const port = new URL(house.url).port
  const answer = await fetch(`http://localhost:${port}/sandbox/components`, {
    method: 'POST',
    body: 'name=Ani',
    headers: { origin: `http://localhost:${port}`, 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(answer.status).not.toBe(403)
})

test.each(['/webhooks/stripe', '/webhooks/resend', '/unsubscribe/some-token'])(
  'machines that post to %s prove themselves by other means and are not asked for an Origin',
  async (path) => {
    expect((await post(path, {})).status).not.toBe(403)
  },
)
