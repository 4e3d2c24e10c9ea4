import Stripe from 'stripe'
import { beforeEach, expect, test } from 'vitest'
import { useListener, type Heard } from '../parts/listener.ts'
import { aGift, describeInStandIn, refusal, useService } from './service.ts'

const SECRET = 'whsec_a_secret_of_these_tests'
const ROTATED = 'whsec_the_next_secret'
const DAY_MS = 24 * 3_600_000

describeInStandIn('whoever listens', 'Stripe cannot reach a listener on this machine', () => {
  const service = useService()
  const { control, press } = service
  const listener = useListener()

  const give = async () => {
    const session = await service.stripe.checkout.sessions.create(aGift())
    await press(session, 'pay')
    return session
  }
  const types = () => listener.heard.map(({ event }) => event.type)
  const ids = () => listener.heard.map(({ event }) => (event as unknown as Stripe.Event).id)
  const quiet = () => expect.poll(async () => (await control('GET webhooks')).busy).toBe(false)
  const told = async () => (await control('GET webhooks')).data ?? []
  const verify = ({ headers, body }: Heard, secret = SECRET) =>
    Stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret)

  beforeEach(async () => {
    await control('POST reset')
    await control('PUT settings', { feeMs: 3_600_000 })
    await control('PUT webhook', { url: listener.url, secrets: [SECRET] })
  })

  test('hears of a gift what the list of events says too, signed so that the real SDK believes it', async () => {
    const session = await give()
    await expect.poll(types).toHaveLength(4)
    for (const heard of listener.heard) {
      const event = verify(heard)
      expect(await service.stripe.events.retrieve(event.id)).toMatchObject({ id: event.id, type: event.type })
      expect(event).toMatchObject({ object: 'event', livemode: false, api_version: '2026-10-28.endive' })
    }
    const completed = listener.heard
      .map((heard) => verify(heard))
      .find(({ type }) => type.startsWith('checkout'))
    expect(completed?.data.object).toMatchObject({ id: session.id, payment_status: 'paid' })
  })

  test('can tell real gifts from tests', async () => {
    await control('PUT settings', { livemode: true })
    await give()
    await expect.poll(types).toHaveLength(4)
    for (const heard of listener.heard) expect(verify(heard).livemode).toBe(true)
  })

  test('lists events by type and time, and for 30 days', async () => {
    const before = Math.floor(Date.now() / 1000)
    await give()
    await control('PUT clock', { aheadMs: 29 * DAY_MS })
    await give()
    const list = async (params: Stripe.EventListParams) =>
      (await service.stripe.events.list({ limit: 100, ...params })).data.map(({ type }) => type)
    expect(await list({ type: 'charge.succeeded' })).toHaveLength(2)
    expect(await list({ type: 'payment_intent.*' })).toHaveLength(4)
    expect(await list({ types: ['charge.updated', 'charge.succeeded'] })).toHaveLength(3)
    expect(await list({ created: { gte: before + 28 * 86_400 }, type: 'charge.succeeded' })).toHaveLength(1)
    const [oldest] = (await service.stripe.events.list({ limit: 100 })).data.slice(-1)
    await control('PUT clock', { aheadMs: 2 * DAY_MS })
    expect(await list({ type: 'charge.succeeded' })).toHaveLength(1)
    expect(await refusal(service.stripe.events.retrieve(oldest?.id ?? ''))).toMatchObject({ statusCode: 404 })
  })

  test('who does not answer well is told again for three days, under the same id', async () => {
    listener.answer = 500
    await service.stripe.checkout.sessions
      .create(aGift())
      .then(({ id }) => service.stripe.checkout.sessions.expire(id))
    await expect.poll(types).toHaveLength(1)
    for (let attempt = 2; attempt <= 11; attempt++) {
      await quiet()
      await control('PUT clock', { aheadMs: DAY_MS / 2 })
      await expect.poll(types).toHaveLength(attempt)
    }
    await quiet()
    expect(new Set(ids()).size).toBe(1)
    expect(await told()).toMatchObject([{ attempts: 11, state: 'given-up' }])
  })

  test('may be told twice, late, in another order, or never', async () => {
    await control('PUT webhook-faults', { seed: 7, twice: 1, shuffle: 40 })
    for (let n = 0; n < 10; n++) await give()
    await expect.poll(types).toHaveLength(80)
    const inOrder = (await told()).map(({ id }) => id)
    expect(new Set(ids())).toEqual(new Set(inOrder))
    expect([...new Set(ids())]).not.toEqual(inOrder)

    listener.heard.length = 0
    await control('PUT webhook-faults', { late: 1, lateMs: 1_800_000 })
    await give()
    await quiet()
    expect(types()).toEqual([])
    await control('PUT clock', { aheadMs: 1_800_000 })
    await expect.poll(types).toHaveLength(4)

    await quiet()
    listener.heard.length = 0
    await control('PUT webhook-faults', { lost: 1 })
    await give()
    await quiet()
    expect(types()).toEqual([])
    expect((await told()).slice(-4).map(({ state }) => state)).toEqual(['lost', 'lost', 'lost', 'lost'])
    expect(
      (await service.stripe.events.list({ type: 'checkout.session.completed', limit: 100 })).data,
    ).toHaveLength(12)
  })

  test('misses the same news again when chance has the same seed', async () => {
    const lost = async () => {
      await control('POST reset')
      await control('PUT webhook-faults', { seed: 3, lost: 0.5 })
      for (let n = 0; n < 5; n++) await give()
      return (await told()).map(({ state }) => state === 'lost')
    }
    const first = await lost()
    expect(new Set(first)).toEqual(new Set([true, false]))
    expect(await lost()).toEqual(first)
  })

  test('hears what was held back when it is released, three times over and shuffled', async () => {
    await control('PUT webhook-faults', { hold: true })
    await give()
    expect(types()).toEqual([])
    expect(await control('POST release', { times: 3, seed: 4 })).toEqual({ sent: 12 })
    await expect.poll(types).toHaveLength(12)
  })

  test('can refuse what was changed on its way, and what is older than five minutes', async () => {
    await control('PUT webhook-faults', { hold: true })
    await give()
    for (const spoilt of [{ tamper: true }, { skewSeconds: -301 }]) {
      listener.heard.length = 0
      await control('POST release', spoilt)
      await expect.poll(types).toHaveLength(4)
      for (const heard of listener.heard) expect(() => verify(heard)).toThrow()
    }
  })

  test('believes both secrets while one replaces the other', async () => {
    await control('PUT webhook', { url: listener.url, secrets: [ROTATED, SECRET] })
    await give()
    await expect.poll(types).toHaveLength(4)
    for (const heard of listener.heard) {
      expect(verify(heard, SECRET)).toEqual(verify(heard, ROTATED))
      expect(() => verify(heard, 'whsec_another')).toThrow()
    }
  })

  test('sees which request an event came from, and none behind what a payer did', async () => {
    const session = await service.stripe.checkout.sessions.create(aGift())
    const expired = await service.stripe.checkout.sessions.expire(
      session.id,
      {},
      { idempotencyKey: 'expire-7' },
    )
    await give()
    const { data } = await service.stripe.events.list({ limit: 100 })
    expect(data.at(-1)?.request).toEqual({ id: expired.lastResponse.requestId, idempotency_key: 'expire-7' })
    expect(data[0]?.request).toEqual({ id: null, idempotency_key: null })
  })
})
