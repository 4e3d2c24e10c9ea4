import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFromSeed } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'

let house: House
beforeAll(async () => {
  await startFromSeed()
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
})
afterAll(() => house.stop())

test('the log tells an operator the route, the status and the time, and nothing about the visitor', async () => {
  const answer = await house.fetch('/report/findings/humanitarian-aid?email=ani@example.org', {
    headers: {
      cookie: 'session=secret-session',
      referer: 'https://search.example/?q=private-search',
      'user-agent': 'Peculiar/1.0',
      'x-forwarded-for': '203.0.113.77',
    },
  })
  await house.fetch('/unsubscribe/very-secret-token', { method: 'POST' })
  await house.fetch('/no/such/page/with/ani@example.org')
  await house.stop()

  const lines = house.log().filter((line) => line['msg'] === 'request')
  expect(lines).toContainEqual(
    expect.objectContaining({
      method: 'GET',
      route: '/report/findings/:slug',
      status: 200,
      requestId: answer.headers.get('x-request-id'),
      ms: expect.any(Number),
    }),
  )
  const everything = house.lines.join('\n')
  for (const secret of [
    'ani@example.org',
    'secret-session',
    'private-search',
    'Peculiar',
    '203.0.113.77',
    '127.0.0.1',
    'very-secret-token',
    'humanitarian-aid',
  ]) {
    expect(everything).not.toContain(secret)
  }
})
