import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, expect, test } from 'vitest'

// A payment service whose lists hold what no document of Stripe's tells of, or fail.
const asked: string[] = []
let events: { status: number; data: object[] } = { status: 200, data: [] }
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://stripe')
  asked.push(pathname)
  const { status, data } = pathname === '/v1/events' ? events : { status: 200, data: [] }
  response.writeHead(status, { 'content-type': 'application/json' })
  const failure = { error: { type: 'api_error', message: 'made to fail' } }
  response.end(JSON.stringify(status === 200 ? { object: 'list', data, has_more: false } : failure))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
process.env['SANDBOX_PAYMENTS_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

// Only now: the settings are read once.
const { clock } = await import('#app/platform/clock.server.ts')
const { db } = await import('#app/platform/db.server.ts')
const { hear } = await import('./hear.server.ts')
const { sweep } = await import('./sweep.server.ts')
afterAll(() => server.close())
beforeEach(() => asked.splice(0))

const event = (id: string, type: string, object: unknown) => ({
  ...{ object: 'event', id, type, livemode: false, data: { object } },
  created: Math.floor(clock.now().getTime() / 1000),
})

test('An event that nobody can read keeps no other from being found, and is shown to a person', async () => {
  const odd = event('evt_odd', 'charge.refunded', { id: 7 })
  events = {
    status: 200,
    data: [odd, event('evt_good', 'customer.created', { id: 'cus_1', object: 'customer' })],
  }
  await sweep()
  const found = await db.stripeEvent.findMany({ orderBy: { id: 'asc' } })
  expect(found.map(({ id }) => id)).toEqual(['evt_good', 'evt_odd'])
  for (const { id } of found) await hear(id)
  expect(await db.stripeEvent.findUniqueOrThrow({ where: { id: 'evt_odd' } })).toMatchObject({
    state: 'parked',
    reason: 'an unreadable object is no payment that we have a word for',
  })
})

test('While Stripe’s list of events fails, money that moved is found all the same, and the failure is told', async () => {
  events = { status: 400, data: [] }
  await expect(sweep()).rejects.toThrow('made to fail')
  expect(asked).toEqual(['/v1/events', '/v1/balance_transactions'])
})
