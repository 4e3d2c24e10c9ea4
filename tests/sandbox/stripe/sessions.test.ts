import type Stripe from 'stripe'
import { beforeAll, describe, expect, test } from 'vitest'
import { aGift, isReal, refusal, testInStandIn, useService } from './service.ts'

type Params = Stripe.Checkout.SessionCreateParams

const service = useService()
const { control, press } = service
const begin = (changes: Partial<Params> = {}, of: { amount?: number; currency?: string } = {}) =>
  service.stripe.checkout.sessions.create(aGift(changes, of))
const seconds = () => Math.floor(Date.now() / 1000)
const MINUTE = 60
const HOUR = 3600

describe('a Checkout Session', () => {
  test('remembers what it was asked for', async () => {
    const expiresAt = seconds() + 2 * HOUR
    const session = await begin({
      adaptive_pricing: { enabled: false },
      client_reference_id: 'gift-7',
      customer_email: 'anna@charity.org',
      expires_at: expiresAt,
      metadata: { gift: '7' },
    })
    expect(session).toMatchObject({
      object: 'checkout.session',
      adaptive_pricing: { enabled: false },
      amount_total: 1000,
      client_reference_id: 'gift-7',
      currency: 'gbp',
      customer_email: 'anna@charity.org',
      expires_at: expiresAt,
      livemode: false,
      metadata: { gift: '7' },
      mode: 'payment',
      payment_intent: null,
      payment_status: 'unpaid',
      status: 'open',
      submit_type: 'donate',
      ui_mode: 'hosted_page',
      url: expect.stringMatching(/^https?:/),
    })
    expect(session).not.toHaveProperty('line_items')
    expect(await service.stripe.checkout.sessions.retrieve(session.id)).toEqual(session)
  })

  test('tells its lines by their own list, or with itself when it is asked to', async () => {
    const price = (name: string, amount: number, quantity: number) => ({
      quantity,
      price_data: { currency: 'gbp', unit_amount: amount, product_data: { name } },
    })
    const { sessions } = service.stripe.checkout
    const lines = [price('Seeds', 500, 2), price('Water', 300, 1), price('Tools', 700, 1)]
    const session = await begin({ line_items: lines, expand: ['line_items'] })
    expect(session).toMatchObject({ amount_subtotal: 2000, amount_total: 2000 })
    const { data, url } = await sessions.listLineItems(session.id)
    expect(url).toBe(`/v1/checkout/sessions/${session.id}/line_items`)
    expect(data).toMatchObject([
      {
        object: 'item',
        amount_total: 1000,
        currency: 'gbp',
        description: 'Seeds',
        quantity: 2,
        price: { object: 'price', type: 'one_time', unit_amount: 500 },
      },
      { amount_total: 300, description: 'Water' },
      { amount_total: 700, description: 'Tools' },
    ])
    expect(session.line_items).toMatchObject({
      object: 'list',
      has_more: false,
      data: data.map(({ id }) => ({ id })),
    })
    const again = await sessions.retrieve(session.id, { expand: ['line_items'] })
    expect(again.line_items?.data.map(({ id }) => id)).toEqual(data.map(({ id }) => id))
    const page = await sessions.listLineItems(session.id, { limit: 1, starting_after: data[0]?.id ?? '' })
    expect(page).toMatchObject({ has_more: true, data: [{ id: data[1]?.id }] })
    expect(await refusal(sessions.listLineItems('cs_test_nobody'))).toMatchObject({ statusCode: 404 })
  })

  test('is over when it is expired, and cannot be expired again', async () => {
    const { sessions } = service.stripe.checkout
    const session = await begin()
    expect(await sessions.expire(session.id)).toMatchObject({ id: session.id, status: 'expired', url: null })
    expect(await refusal(sessions.expire(session.id))).toMatchObject({
      statusCode: 400,
      message:
        'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of `expired`.',
    })
  })

  testInStandIn(
    'cannot be expired when it is paid',
    'nobody can pay on Stripe’s page without a browser',
    async () => {
      const session = await begin()
      await press(session, 'pay')
      expect(await refusal(service.stripe.checkout.sessions.expire(session.id))).toMatchObject({
        statusCode: 400,
        message:
          'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of `complete`.',
      })
    },
  )

  testInStandIn(
    'gives its payment what was said of it, and takes it along when it expires',
    'nobody can pay on Stripe’s page without a browser',
    async () => {
      const said = { description: 'A gift', metadata: { gift: '7' }, receipt_email: 'anna@charity.org' }
      const session = await begin({ metadata: { session: '1' }, payment_intent_data: said })
      await press(session, 'decline:lost_card')
      const { payment_intent: intent } = await service.stripe.checkout.sessions.retrieve(session.id)
      const { paymentIntents } = service.stripe
      expect(await paymentIntents.retrieve(intent as string)).toMatchObject({
        ...said,
        status: 'requires_payment_method',
      })
      expect(await refusal(paymentIntents.cancel(intent as string))).toMatchObject({
        code: 'payment_intent_unexpected_state',
        message: 'You cannot perform this action on PaymentIntents created by Checkout.',
      })
      await service.stripe.checkout.sessions.expire(session.id)
      expect(await paymentIntents.retrieve(intent as string)).toMatchObject({
        status: 'canceled',
        canceled_at: expect.any(Number),
      })
      expect((await service.types()).slice(-2)).toEqual([
        'payment_intent.canceled',
        'checkout.session.expired',
      ])
    },
  )
})

describe('a list of Checkout Sessions', () => {
  testInStandIn(
    'can be narrowed to a payment, a status, a time',
    'nobody can pay on Stripe’s page without a browser',
    async () => {
      await control('POST reset')
      const { sessions } = service.stripe.checkout
      const paid = await begin()
      await press(paid, 'pay')
      const expired = await begin()
      await sessions.expire(expired.id)
      await control('PUT clock', { aheadMs: HOUR * 1000 })
      const open = await begin()
      const list = async (params: Stripe.Checkout.SessionListParams) =>
        (await sessions.list(params)).data.map(({ id }) => id)
      expect(await list({})).toEqual([open.id, expired.id, paid.id])
      expect(await list({ status: 'open' })).toEqual([open.id])
      expect(await list({ status: 'complete' })).toEqual([paid.id])
      expect(await list({ status: 'expired' })).toEqual([expired.id])
      const { payment_intent: intent } = await sessions.retrieve(paid.id)
      expect(await list({ payment_intent: intent as string })).toEqual([paid.id])
      expect(await list({ created: { gte: open.created } })).toEqual([open.id])
      expect(await list({ created: { lt: open.created }, status: 'complete' })).toEqual([paid.id])
      const nonsense = 'shut' as Stripe.Checkout.Session.Status
      expect(await refusal(sessions.list({ status: nonsense }))).toMatchObject({
        param: 'status',
        message: 'Invalid status: must be one of complete, expired, or open',
      })
    },
  )
})

describe('whoever asks for a Checkout Session that cannot be is told in Stripe’s words', () => {
  beforeAll(async () => {
    // The clock is right again, whatever was done with it.
    if (!isReal) await control('POST reset')
  })
  const price = (amount: number | string, currency = 'gbp') => [
    {
      quantity: 1,
      price_data: { currency, unit_amount: amount as number, product_data: { name: 'A gift' } },
    },
  ]

  test.each<[string, Partial<Params>, object]>([
    ['a line that is missing', { line_items: undefined }, { code: 'parameter_missing', param: 'line_items' }],
    [
      'a parameter that nobody knows',
      { colour: 'red' } as Partial<Params>,
      { code: 'parameter_unknown', param: 'colour', message: 'Received unknown parameter: colour' },
    ],
    [
      'two of them',
      { colour: 'red', size: 'L' } as Partial<Params>,
      { code: 'parameter_unknown', message: 'Received unknown parameters: colour, size' },
    ],
    [
      'an email address that is none',
      { customer_email: 'anna at charity' },
      { code: 'email_invalid', param: 'customer_email', message: 'Invalid email address: anna at charity' },
    ],
    [
      'an amount that is no number',
      { line_items: price('ten') },
      {
        code: 'parameter_invalid_integer',
        param: 'line_items[0][price_data][unit_amount]',
        message: 'Invalid integer: ten',
      },
    ],
    ['an address that is none', { success_url: 'thanks' }, { code: 'url_invalid', param: 'success_url' }],
    [
      'an empty text',
      { client_reference_id: '' },
      { code: 'parameter_invalid_empty', param: 'client_reference_id' },
    ],
    [
      'pounds that are too few',
      { line_items: price(29) },
      {
        code: 'amount_too_small',
        message: "The Checkout Session's total amount due must add up to at least £0.30 gbp",
      },
    ],
    [
      'dollars that are too few',
      { line_items: price(49, 'usd') },
      {
        code: 'amount_too_small',
        message: "The Checkout Session's total amount due must add up to at least $0.50 usd",
      },
    ],
    [
      'a currency that is none',
      { line_items: price(1000, 'xyz') },
      {
        param: 'line_items[0][price_data][currency]',
        message: expect.stringMatching(
          /^Invalid currency: xyz\. Stripe currently supports these currencies: /,
        ),
      },
    ],
    [
      'an end that is too near',
      { expires_at: seconds() + 29 * MINUTE },
      { message: 'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.' },
    ],
    [
      'an end that is too far',
      { expires_at: seconds() + 24 * HOUR + MINUTE },
      { message: 'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.' },
    ],
    [
      'a customer that there is not',
      { customer: 'cus_nobody' },
      { code: 'resource_missing', param: 'customer', message: "No such customer: 'cus_nobody'" },
    ],
  ])('%s', async (_, changes, expected) => {
    expect(await refusal(begin(changes))).toMatchObject({
      type: 'StripeInvalidRequestError',
      statusCode: 400,
      ...expected,
    })
  })

  test('a customer and an address of another', async () => {
    const { id } = await service.stripe.customers.create({ email: 'anna@charity.org' })
    expect(await refusal(begin({ customer: id, customer_email: 'anna@charity.org' }))).toMatchObject({
      message: 'You may only specify one of these parameters: customer, customer_email.',
    })
  })
})
