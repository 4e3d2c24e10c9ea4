import Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useListener, type Heard } from '../sandbox/parts/listener.ts'
import { aGift } from '../sandbox/stripe/service.ts'
import { openPaymentDesk, type PaymentDesk } from './payment-desk.ts'

const listener = useListener()
let desk: PaymentDesk
beforeAll(async () => {
  desk = await openPaymentDesk()
})
beforeEach(async () => {
  await desk.control('POST', 'reset')
  await desk.sendNewsTo(listener.url)
})
// What is still on its way would be heard by the next test.
afterEach(() => desk.quiet())
afterAll(() => desk.close())

const begin = () => desk.stripe.checkout.sessions.create(aGift())
const sessionAt = (id: string) => desk.stripe.checkout.sessions.retrieve(id)
/** The charge of a gift that has just been made and paid. */
async function give(): Promise<Stripe.Charge> {
  await desk.pay((await begin()).id)
  const [charge] = (await desk.stripe.charges.list()).data
  if (!charge) throw new Error('nothing was charged')
  return charge
}
const believed = ({ headers, body }: Heard) =>
  Stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', desk.secret)
const heard = async () => {
  await desk.quiet()
  return listener.heard.map((each) => believed(each).id)
}

describe('at the payment desk', () => {
  test('a donor pays, and the site hears it in words that Stripe’s own client believes', async () => {
    const { id } = await begin()
    await desk.pay(id, { email: 'nare@example.org', name: 'Nare' })
    expect(await sessionAt(id)).toMatchObject({
      payment_status: 'paid',
      customer_details: { email: 'nare@example.org', name: 'Nare' },
    })
    expect(new Set(await heard())).toEqual(new Set((await desk.news()).map((news) => news.id)))
    expect(await desk.news()).toContainEqual(
      expect.objectContaining({ type: 'checkout.session.completed', state: 'delivered' }),
    )
  })

  test('a donor whose card is declined can try again', async () => {
    const { id } = await begin()
    await desk.decline(id, 'insufficient_funds')
    expect(await sessionAt(id)).toMatchObject({ status: 'open', payment_status: 'unpaid' })
    await desk.pay(id)
    expect((await sessionAt(id)).payment_status).toBe('paid')
  })

  test.each([
    ['comes', 'paid'],
    ['fails', 'unpaid'],
  ] as const)('a debit %s days later', async (ends, status) => {
    const { id } = await begin()
    await desk.payLate(id, ends)
    expect(await sessionAt(id)).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    await desk.later(24 * 14)
    expect((await sessionAt(id)).payment_status).toBe(status)
    const [charge] = (await desk.stripe.charges.list()).data
    expect(charge?.status).toBe(ends === 'comes' ? 'succeeded' : 'failed')
  })

  test('the charity gives a part back, and it does not arrive', async () => {
    const { id } = await give()
    const refund = await desk.refund(id, 400)
    expect((await desk.stripe.charges.retrieve(id)).amount_refunded).toBe(400)
    await desk.failRefund(refund.id, 'declined')
    expect(await desk.stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'declined',
    })
    expect((await desk.refund(id)).amount, 'then all of it').toBe(1000)
  })

  test('a donor’s bank wants a gift back, and loses', async () => {
    const dispute = await desk.dispute((await give()).id, { amount: 500 })
    expect(dispute).toMatchObject({ status: 'needs_response', amount: 500 })
    await desk.closeDispute(dispute.id, 'won')
    expect((await desk.stripe.disputes.retrieve(dispute.id)).status).toBe('won')
  })

  test('lost news is heard when it is released, as often as asked, in the order of a seed', async () => {
    await desk.newsFaults({ lost: 1 })
    await give()
    expect(await heard()).toEqual([])
    const ids = (await desk.news()).map((news) => news.id)
    expect(ids.length).toBeGreaterThan(2)

    const orders = []
    for (const seed of [null, 1, 1]) {
      listener.heard.length = 0
      expect(await desk.release({ times: 3, seed })).toBe(3 * ids.length)
      const order = await heard()
      expect(order.toSorted()).toEqual([...ids, ...ids, ...ids].toSorted())
      orders.push(order)
    }
  })

  test('the log counts what was done, also when whoever asked never heard of it', async () => {
    const gift = aGift({ metadata: { gift: 'one' } })
    const ask = () => desk.stripe.checkout.sessions.create(gift, { idempotencyKey: 'gift:one' })
    const before = (await desk.accepted('POST /v1/checkout/sessions')).length
    await desk.next('POST /v1/checkout/sessions', 'accepted-server-error')
    await expect(ask()).rejects.toThrow()
    const done = (await desk.accepted('POST /v1/checkout/sessions')).slice(before)
    expect(done).toMatchObject([{ key: 'gift:one', metadata: { gift: 'one' } }])

    await desk.faults({ routes: { 'POST /v1/checkout/sessions': { 'bad-gateway': 1 } } })
    await expect(desk.stripe.checkout.sessions.create(gift)).rejects.toThrow()
    await desk.faults()
    await desk.stripe.checkout.sessions.create(gift)
    expect((await desk.accepted('POST /v1/checkout/sessions')).slice(before)).toHaveLength(2)
  })
})
