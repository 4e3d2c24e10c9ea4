import type Stripe from 'stripe'
import { beforeEach, expect, test } from 'vitest'
import { aGift, describeInStandIn, refusal, useService } from './service.ts'

const DAY_MS = 24 * 3_600_000

describeInStandIn('a supporter who gives', 'nobody can pay on Stripe’s page without a browser', () => {
  const service = useService()
  const { control, press, types } = service
  beforeEach(async () => {
    await control('POST reset')
  })

  const begin = (changes: Partial<Stripe.Checkout.SessionCreateParams> = {}, of = {}) =>
    service.stripe.checkout.sessions.create(aGift(changes, of))
  const again = (session: { id: string }) =>
    service.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge'] })
  const intentOf = (session: Stripe.Checkout.Session) => session.payment_intent as Stripe.PaymentIntent
  const chargeOf = (session: Stripe.Checkout.Session) => intentOf(session).latest_charge as Stripe.Charge
  const feeOf = async (session: { id: string }) => {
    await control('PUT clock', { aheadMs: 1000 })
    const { id } = chargeOf(await again(session))
    const { balance_transaction: fee } = await service.stripe.charges.retrieve(id, {
      expand: ['balance_transaction'],
    })
    return fee as Stripe.BalanceTransaction
  }
  test('sees on the page what they are asked for, by whom, and that it is not Stripe', async () => {
    const session = await begin({ customer_email: 'anna@charity.org' })
    const read = async () => await (await fetch(session.url ?? '')).text()
    const page = await read()
    expect(page).toContain('This is not Stripe.')
    expect(page).toContain('no money moves')
    expect(page).toContain('<dt>To</dt><dd>charity.org</dd>')
    expect(page).toContain('<dt>For</dt><dd>A gift</dd>')
    expect(page).toContain('Donate £10.00 by card')
    expect(page).toContain('value="anna@charity.org"')
    expect(page).not.toContain('<script')
    await control('PUT settings', { name: 'Seeds & Water' })
    expect(await read()).toContain('<dd>Seeds &#38; Water</dd>')
    const branded = await begin({ branding_settings: { display_name: 'Water alone' } })
    expect(await (await fetch(branded.url ?? '')).text()).toContain('<dd>Water alone</dd>')
  })

  test.each([
    ['donate', 'Donate £10.00'],
    ['book', 'Book £10.00'],
    ['pay', 'Pay £10.00'],
    ['auto', 'Pay £10.00'],
    [undefined, 'Pay £10.00'],
  ] as const)('is asked to %s by these words', async (type, words) => {
    const session = await begin({ submit_type: type })
    expect(await (await fetch(session.url ?? '')).text()).toContain(`<h1>${words}</h1>`)
  })

  test('sees only the ways to pay that are offered', async () => {
    const shown = async (changes: Partial<Stripe.Checkout.SessionCreateParams>) => {
      const session = await begin(changes)
      const page = await (await fetch(session.url ?? '')).text()
      return {
        types: session.payment_method_types,
        card: page.includes('value="pay"'),
        debit: page.includes('value="late:clear"'),
      }
    }
    const both = ['card', 'bacs_debit']
    expect(await shown({})).toEqual({ types: both, card: true, debit: true })
    const byCard = { types: ['card'], card: true, debit: false }
    expect(await shown({ allowed_payment_method_types: ['card'] })).toEqual(byCard)
    expect(await shown({ excluded_payment_method_types: ['bacs_debit'] })).toEqual(byCard)
    expect(await shown({ allowed_payment_method_types: ['bacs_debit'] })).toEqual({
      types: ['bacs_debit'],
      card: false,
      debit: true,
    })
  })

  test('by card is sent back with the session in the address, and has paid', async () => {
    const session = await begin({
      client_reference_id: 'gift-7',
      metadata: { gift: '7' },
      payment_intent_data: { metadata: { gift: '7' }, description: 'A gift' },
    })
    const answer = await press(session, 'pay')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(`https://charity.org/thanks?session=${session.id}`)
    const paid = await again(session)
    expect(paid).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      client_reference_id: 'gift-7',
      metadata: { gift: '7' },
      customer_details: { email: 'anna@charity.org', name: 'Anna' },
    })
    expect(intentOf(paid)).toMatchObject({
      status: 'succeeded',
      amount_received: 1000,
      metadata: { gift: '7' },
    })
    expect(chargeOf(paid)).toMatchObject({ paid: true, status: 'succeeded', balance_transaction: null })
    expect(await types()).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ])
  })

  test('costs a fee that is known a moment later', async () => {
    const session = await begin()
    await press(session, 'pay')
    expect(chargeOf(await again(session)).balance_transaction).toBeNull()
    const fee = await feeOf(session)
    expect(fee).toMatchObject({
      amount: 1000,
      currency: 'gbp',
      exchange_rate: null,
      fee: 35,
      net: 965,
      type: 'charge',
      reporting_category: 'charge',
      status: 'pending',
    })
    expect((await types()).at(-1)).toBe('charge.updated')
    const { data } = await service.stripe.balanceTransactions.list({ source: fee.source as string })
    expect(data.map(({ id }) => id)).toEqual([fee.id])
    await control('PUT clock', { aheadMs: 3 * DAY_MS })
    expect((await service.stripe.balanceTransactions.retrieve(fee.id)).status).toBe('available')
  })

  test.each([
    ['eur', 0.86521, 865],
    ['usd', 0.74894, 749],
  ])('in %s is booked in pounds at a rate that is told', async (currency, rate, pence) => {
    const session = await begin({}, { currency })
    await press(session, 'pay')
    expect(await feeOf(session)).toMatchObject({ amount: pence, currency: 'gbp', exchange_rate: rate })
    expect(chargeOf(await again(session))).toMatchObject({ amount: 1000, currency })
  })

  test.each([
    ['generic_decline', 'card_declined'],
    ['insufficient_funds', 'card_declined'],
    ['expired_card', 'expired_card'],
    ['incorrect_cvc', 'incorrect_cvc'],
  ])('and is declined (%s) reads why, and can try again with the same payment', async (decline, code) => {
    const session = await begin()
    const answer = await press(session, `decline:${decline}`)
    expect(answer.status).toBe(402)
    const page = await answer.text()
    expect(page).toContain('You can try again')
    expect(page).toContain('value="Anna"')
    const declined = await again(session)
    expect(declined).toMatchObject({ status: 'open', payment_status: 'unpaid' })
    expect(intentOf(declined)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { type: 'card_error', code, decline_code: decline },
    })
    expect(chargeOf(declined)).toMatchObject({ paid: false, status: 'failed', failure_code: code })
    await press(session, 'pay')
    const paid = await again(session)
    expect(intentOf(paid).id).toBe(intentOf(declined).id)
    expect((await service.stripe.charges.list({ payment_intent: intentOf(paid).id })).data).toHaveLength(2)
    expect(await types()).toEqual([
      'payment_intent.created',
      'charge.failed',
      'payment_intent.payment_failed',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ])
  })

  test('by debit has not paid until the money comes, four days later, though it stands in the balance', async () => {
    const session = await begin()
    await press(session, 'late:clear')
    await control('PUT clock', { aheadMs: 1000 })
    expect(await again(session)).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'processing', latest_charge: { status: 'pending' } },
    })
    expect(await feeOf(session)).toMatchObject({ type: 'payment', fee: 20, net: 980, status: 'pending' })
    await control('PUT clock', { aheadMs: 4 * DAY_MS })
    expect(await again(session)).toMatchObject({
      payment_status: 'paid',
      payment_intent: { status: 'succeeded' },
    })
    expect(await types()).toEqual([
      'payment_intent.created',
      'charge.pending',
      'payment_intent.processing',
      'checkout.session.completed',
      'charge.updated',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.async_payment_succeeded',
    ])
  })

  test('by debit may turn out not to have paid: what stood in the balance is taken out of it', async () => {
    const session = await begin()
    await press(session, 'late:bounce')
    await control('PUT clock', { aheadMs: 1000 })
    await control('PUT clock', { aheadMs: 4 * DAY_MS })
    expect(await again(session)).toMatchObject({ payment_status: 'unpaid' })
    expect((await types()).slice(-3)).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
      'checkout.session.async_payment_failed',
    ])
    const { data } = await service.stripe.balanceTransactions.list()
    expect(data).toMatchObject([
      { type: 'payment_failure_refund', amount: -1000, fee: 0 },
      { type: 'payment', amount: 1000, fee: 20 },
    ])
    expect(chargeOf(await again(session)).failure_balance_transaction).toBe(data[0]?.id)
  })

  test('and leaves has given nothing, and may come back', async () => {
    const session = await begin()
    const answer = await press(session, 'leave')
    expect(answer.headers.get('location')).toBe('https://charity.org/donate')
    expect(await again(session)).toMatchObject({ status: 'open', payment_intent: null })
  })

  test('cannot pay when the session has expired, by the clock or by us', async () => {
    const byClock = await begin({ expires_at: Math.floor(Date.now() / 1000) + 1860 })
    const byUs = await begin()
    await press(byUs, 'decline:lost_card')
    const begun = intentOf(await again(byUs))
    expect(await refusal(service.stripe.paymentIntents.cancel(begun.id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    })
    await service.stripe.checkout.sessions.expire(byUs.id)
    await control('PUT clock', { aheadMs: 1_861_000 })
    for (const session of [byClock, byUs]) {
      const answer = await press(session, 'pay')
      expect(await answer.text()).toContain('This page has expired')
      expect(await again(session)).toMatchObject({ status: 'expired', payment_status: 'unpaid' })
    }
    expect(intentOf(await again(byUs)).status).toBe('canceled')
    expect(await refusal(service.stripe.checkout.sessions.expire(byUs.id))).toMatchObject({ statusCode: 400 })
    expect((await types()).filter((type) => type === 'checkout.session.expired')).toHaveLength(2)
  })

  test('pays once, however often they press', async () => {
    const session = await begin()
    await press(session, 'pay')
    expect(await (await press(session, 'pay')).text()).toContain('You are all done here')
    expect((await service.stripe.charges.list()).data).toHaveLength(1)
  })
})
