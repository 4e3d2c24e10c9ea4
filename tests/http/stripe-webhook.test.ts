import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '#app/platform/db.server.ts'
import { freshDatabase } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'

const [old, current] = ['whsec_the-old-secret', 'whsec_the-current-secret']
const services = {
  STRIPE_SECRET_KEY: 'sk_test_nothing',
  STRIPE_WEBHOOK_SECRET: `${old}, ${current}`,
  RESEND_API_KEY: 're_nothing',
  RESEND_WEBHOOK_SECRET: 'whsec_nothing',
  MAIL_FROM: 'Charity <news@charity.example>',
  LETTERS_DOMAIN: 'letters.charity.example',
}

let house: House
beforeAll(async () => {
  house = await startHouse(process.env['DATABASE_URL'] ?? '', services)
})
afterAll(() => house.stop())
beforeEach(() => db.stripeEvent.deleteMany())

/** An event with its object, in which a donor stands. */
const whole = {
  object: 'event',
  id: 'evt_1',
  type: 'charge.succeeded',
  created: 1_790_000_000,
  livemode: false,
  data: { object: { object: 'charge', id: 'ch_1', billing_details: { email: 'ani@example.org' } } },
}

/** A notification, which only names it (docs.stripe.com/event-destinations). */
const thin = {
  object: 'v2.core.event',
  id: 'evt_thin_1',
  type: 'v1.charge.succeeded',
  created: '2026-09-21T14:13:20.000Z',
  livemode: false,
  related_object: { id: 'ch_1', type: 'charge', url: '/v1/charges/ch_1' },
}

type Telling = Partial<{ body: string; secret: string; aheadSeconds: number; sent: string; to: House }>

/** Tells the house something, as Stripe does; `sent` is what arrives where that is not what was signed. */
function tell(told: object | string, { secret = current, aheadSeconds = 0, sent, to = house }: Telling = {}) {
  const payload = typeof told === 'string' ? told : JSON.stringify(told, null, 2)
  const timestamp = Math.floor(Date.now() / 1000) + aheadSeconds
  return to.fetch('/webhooks/stripe', {
    method: 'POST',
    body: sent ?? payload,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }),
    },
  })
}

const jobs = () =>
  db.$queryRaw<
    { key: string }[]
  >`select key from graphile_worker.jobs where key like 'donations.hear %' order by key`

describe('news of Stripe’s', () => {
  test('is kept once with one job, however often it is told, and nothing of what it says', async () => {
    const answers = await Promise.all([tell(whole), tell(whole), tell(whole)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const kept = await db.stripeEvent.findMany()
    expect(kept).toMatchObject([
      {
        id: 'evt_1',
        type: 'charge.succeeded',
        objectId: 'ch_1',
        state: 'waiting',
        heardBy: 'webhook',
        occurredAt: new Date(1_790_000_000_000),
      },
    ])
    expect(JSON.stringify(kept)).not.toContain('ani@example.org')
    expect(await jobs()).toEqual([{ key: 'donations.hear evt_1' }])
  })

  test('that only names an object is kept in the same words', async () => {
    expect((await tell(thin)).status).toBe(200)
    expect(await db.stripeEvent.findMany()).toMatchObject([
      { id: 'evt_thin_1', type: 'charge.succeeded', objectId: 'ch_1', occurredAt: new Date(thin.created) },
    ])
  })

  test('of what has no id is kept by the name of what it is about', async () => {
    const balance = { object: { object: 'balance' } }
    await tell({ ...whole, type: 'balance.available', data: balance })
    await tell({ ...thin, type: 'v2.core.account.updated', related_object: null })
    expect((await db.stripeEvent.findMany()).map(({ objectId }) => objectId)).toEqual(['balance', 'nothing'])
  })

  test('is believed under the old secret and the new one, while it is being changed', async () => {
    expect((await tell(whole, { secret: old })).status).toBe(200)
    expect((await tell({ ...thin, id: 'evt_2' }, { secret: old })).status).toBe(200)
    expect(await db.stripeEvent.count()).toBe(2)
  })

  test('is believed up to five minutes after it was signed', async () => {
    expect((await tell(whole, { aheadSeconds: -290 })).status).toBe(200)
  })
})

describe('what does not come from Stripe', () => {
  test.each([
    ['was altered on its way', { sent: JSON.stringify(whole).replace('ch_1', 'ch_2') }],
    ['has one more space than was signed', { sent: `${JSON.stringify(whole, null, 2)} ` }],
    ['is signed with another secret', { secret: 'whsec_of-a-stranger' }],
    ['is more than five minutes old', { aheadSeconds: -302 }],
  ])('is refused and leaves nothing behind: it %s', async (_, how) => {
    for (const told of [whole, thin]) expect((await tell(told, how)).status).toBe(400)
    expect(await db.stripeEvent.count()).toBe(0)
  })

  test('is refused without any signature', async () => {
    const answer = await house.fetch('/webhooks/stripe', { method: 'POST', body: JSON.stringify(whole) })
    expect(answer.status).toBe(400)
  })
})

test('news that is signed but makes no sense is said to, and is not kept', async () => {
  for (const told of ['no JSON at all', 'null', '{"object":"event","id":7}', { ...thin, created: 'soon' }]) {
    expect((await tell(told)).status, JSON.stringify(told)).toBe(422)
  }
  expect(await db.stripeEvent.count()).toBe(0)
})

describe('news of the other mode is refused in words, and nothing of it is kept:', () => {
  test('of real money, by a test installation', async () => {
    const answer = await tell({ ...whole, livemode: true })
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('of real money')])
    expect((await tell({ ...thin, livemode: true })).status).toBe(403)
    expect(await db.stripeEvent.count()).toBe(0)
  })

  test('of test mode, by a live installation', async () => {
    const database = await freshDatabase('seeded')
    const live = { ...services, STRIPE_SECRET_KEY: 'sk_live_nothing', APP_URL: 'https://charity.example' }
    const to = await startHouse(database.url, live)
    try {
      const answer = await tell(whole, { to })
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('of test mode')])
      expect((await tell({ ...whole, livemode: true }, { to })).status).toBe(200)
    } finally {
      await to.stop()
      await database.drop()
    }
  })
})

test('news that cannot be kept is not answered as kept, so that Stripe tells it again', async () => {
  const database = await freshDatabase('seeded')
  const to = await startHouse(database.url, services)
  try {
    await database.drop()
    expect((await tell(whole, { to })).status).toBeGreaterThanOrEqual(500)
  } finally {
    await to.stop()
  }
})

test('whoever opens the address in a browser is told what it takes, and by which method', async () => {
  for (const method of ['GET', 'HEAD']) {
    const answer = await house.fetch('/webhooks/stripe', { method })
    expect(answer.status).toBe(405)
    expect(answer).toHaveHeader('allow', 'POST')
    if (method === 'GET')
      expect(await answer.text()).toContain('which sends it by POST. There is nothing to read here.')
  }
})
