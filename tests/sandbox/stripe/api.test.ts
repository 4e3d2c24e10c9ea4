import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { readForm } from './form.ts'
import { aGift, isReal, refusal, testInStandIn, useService } from './service.ts'

const service = useService()

test('a form is read with its groups and lists, and a name like any other stays a name', () => {
  expect(
    readForm('metadata[gift]=7&line_items[0][price_data][currency]=gbp&expand[]=a&expand[]=b&x=1%2B1'),
  ).toEqual({
    metadata: { gift: '7' },
    line_items: [{ price_data: { currency: 'gbp' } }],
    expand: ['a', 'b'],
    x: '1+1',
  })
  expect(readForm('__proto__[x]=1&metadata[__proto__]=2')).toMatchObject({ metadata: {} })
  expect(({} as { x?: string }).x).toBeUndefined()
})

describe('whoever asks Stripe', () => {
  test('is told in the usual form what was wrong with the key', async () => {
    const host = isReal
      ? {}
      : { host: '127.0.0.1', port: Number(new URL(service.url).port), protocol: 'http' as const }
    const wrong = new Stripe('no_key_of_theirs', { ...host, maxNetworkRetries: 0 })
    expect(await refusal(wrong.customers.list())).toMatchObject({
      type: 'StripeAuthenticationError',
      statusCode: 401,
    })
  })

  test('gets a request id and the version they speak', async () => {
    const { lastResponse } = await service.stripe.customers.create({ email: 'anna@charity.org' })
    expect(lastResponse).toMatchObject({
      statusCode: 200,
      requestId: expect.stringMatching(/^req_/),
      apiVersion: '2026-10-28.endive',
    })
  })

  test('is told which parameter is unknown, missing or wrong, and that there is no such object', async () => {
    const { stripe } = service
    const unknown = { colour: 'red' } as Stripe.CustomerCreateParams
    expect(await refusal(stripe.customers.create(unknown))).toMatchObject({
      type: 'StripeInvalidRequestError',
      code: 'parameter_unknown',
      param: 'colour',
    })
    const { success_url: _url, ...missing } = aGift()
    expect(await refusal(stripe.checkout.sessions.create(missing))).toMatchObject({ statusCode: 400 })
    expect(await refusal(stripe.checkout.sessions.create(aGift({}, { amount: 29 })))).toMatchObject({
      code: 'amount_too_small',
    })
    expect(await refusal(stripe.charges.retrieve('ch_nobody'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    })
  })

  test('finds again who they made, and what they said of them', async () => {
    const { stripe } = service
    const made = await stripe.customers.create({ email: 'anna@charity.org', metadata: { donor: '7' } })
    expect(await stripe.customers.retrieve(made.id)).toMatchObject({
      id: made.id,
      email: 'anna@charity.org',
      livemode: false,
      metadata: { donor: '7' },
    })
  })

  test('reads a list page by page, newest first, with nothing twice and nothing left out', async () => {
    const { stripe } = service
    const email = `${randomUUID()}@charity.org`
    const made: string[] = []
    for (let n = 0; n < 5; n++) made.unshift((await stripe.customers.create({ email })).id)
    const first = await stripe.customers.list({ email, limit: 2 })
    expect(first).toMatchObject({ object: 'list', has_more: true, url: '/v1/customers' })
    expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 2))
    const seen: string[] = []
    for await (const { id } of stripe.customers.list({ email, limit: 2 })) seen.push(id)
    expect(seen).toEqual(made)
    expect((await stripe.customers.list({ email, limit: 2, ending_before: made[3] })).data[0]?.id).toBe(
      made[1],
    )
    expect(await refusal(stripe.customers.list({ limit: 101 }))).toMatchObject({ statusCode: 400 })
  })

  test('gets a whole object in place of an id when they ask for it, and is refused what cannot be had', async () => {
    const { stripe } = service
    const customer = await stripe.customers.create({ email: 'anna@charity.org' })
    const session = await stripe.checkout.sessions.create(
      aGift({ customer: customer.id, expand: ['customer'] }),
    )
    expect(session.customer).toMatchObject({ id: customer.id, email: 'anna@charity.org' })
    const { data } = await stripe.checkout.sessions.list({ customer: customer.id, expand: ['data.customer'] })
    expect(data[0]?.customer).toMatchObject({ id: customer.id })
    expect((await stripe.checkout.sessions.retrieve(session.id)).customer).toBe(customer.id)
    expect(await refusal(stripe.customers.retrieve(customer.id, { expand: ['email'] }))).toMatchObject({
      statusCode: 400,
    })
  })
})

describe('an idempotency key', () => {
  const email = 'anna@charity.org'

  test('makes one object of two requests, and says that the second was a replay', async () => {
    const { stripe } = service
    const idempotencyKey = randomUUID()
    const first = await stripe.customers.create({ email }, { idempotencyKey })
    const again = await stripe.customers.create({ email }, { idempotencyKey })
    expect(again.id).toBe(first.id)
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined()
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true')
  })

  test('is refused with other parameters, and by another route', async () => {
    const { stripe } = service
    const idempotencyKey = randomUUID()
    await stripe.customers.create({ email }, { idempotencyKey })
    const refused = { type: 'StripeIdempotencyError', statusCode: 400 }
    expect(await refusal(stripe.customers.create({ email, name: 'Anna' }, { idempotencyKey }))).toMatchObject(
      refused,
    )
    expect(await refusal(stripe.checkout.sessions.create(aGift(), { idempotencyKey }))).toMatchObject(refused)
  })

  test('remembers nothing of parameters that were wrong', async () => {
    const { stripe } = service
    const idempotencyKey = randomUUID()
    const unknown = { colour: 'red' } as Stripe.CustomerCreateParams
    await refusal(stripe.customers.create(unknown, { idempotencyKey }))
    expect((await stripe.customers.create({ email }, { idempotencyKey })).email).toBe(email)
  })

  testInStandIn(
    'answers the same fault again, though nothing was done',
    'Stripe has no faults on demand',
    async () => {
      const { control, stripe } = service
      const idempotencyKey = randomUUID()
      await control('POST next', { fault: 'server-error' })
      for (const _try of ['first', 'again']) {
        expect(await refusal(stripe.customers.create({ email }, { idempotencyKey }))).toMatchObject({
          type: 'StripeAPIError',
          statusCode: 500,
        })
      }
    },
  )

  testInStandIn(
    'is in use while its first request is under way',
    'Stripe cannot be told to be slow',
    async () => {
      const { control, stripe } = service
      const idempotencyKey = randomUUID()
      await control('PUT faults', { delayMs: 300 })
      await control('POST next', { fault: 'delay' })
      const first = stripe.customers.create({ email }, { idempotencyKey })
      await expect.poll(async () => (await control('GET under-way')).keys).toContain(idempotencyKey)
      expect(await refusal(stripe.customers.create({ email }, { idempotencyKey }))).toMatchObject({
        statusCode: 409,
        code: 'idempotency_key_in_use',
      })
      expect((await first).email).toBe(email)
    },
  )

  testInStandIn('is forgotten after 24 hours', 'Stripe’s clock cannot be set', async () => {
    const { control, stripe } = service
    const idempotencyKey = randomUUID()
    const first = await stripe.customers.create({ email }, { idempotencyKey })
    await control('PUT clock', { aheadMs: 24 * 3_600_000 - 60_000 })
    expect((await stripe.customers.create({ email }, { idempotencyKey })).id).toBe(first.id)
    await control('PUT clock', { aheadMs: 60_000 })
    expect((await stripe.customers.create({ email }, { idempotencyKey })).id).not.toBe(first.id)
  })
})
