import { beforeAll, expect, test } from 'vitest'
import { skipFor } from '../parts/contract.ts'
import { differences, fixtures, type Allowances } from './fixtures.ts'
import { aGift, describeInStandIn, useService } from './service.ts'

const newer = 'Stripe’s types of the version that we speak have it; the example is of an earlier one'
const otherError = 'the example shows an error of another kind'
const byDebit = 'the example was paid by card; this was paid by debit'
const notAssessed = 'docs.stripe.com/api/charges/object: only with Radar, which the example is without'
const failed = 'docs.stripe.com/api/refunds/object: only a refund that failed has it'

const allowed: Allowances = {
  'customer.customer_account': newer,
  'checkout.session.allowed_payment_method_types': newer,
  'payment_intent.allowed_payment_method_types': newer,
  'payment_intent.payment_record': newer,
  'payment_intent.last_payment_error.charge': otherError,
  'payment_intent.last_payment_error.code': otherError,
  'payment_intent.last_payment_error.decline_code': otherError,
  'payment_intent.last_payment_error.doc_url': otherError,
  'payment_intent.last_payment_error.message': otherError,
  'charge.outcome.risk_level': notAssessed,
  'charge.outcome.risk_score': notAssessed,
  'charge.payment_method_details.bacs_debit': byDebit,
  'charge.payment_method_details.card': byDebit,
  'charge.payment_method_details.card.electronic_commerce_indicator': newer,
  'charge.refunds': 'docs.stripe.com/upgrades#2022-11-15: shown only when it is asked for, since',
  'refund.destination_details.card': byDebit,
  'refund.destination_details.card.reference_status': 'a refund has it, and the example is a reversal',
  'refund.destination_details.card.reference_type': 'a refund has it, and the example is a reversal',
  'refund.destination_details.card.reference': 'a refund has it, and the example is a reversal',
  'refund.failure_balance_transaction': failed,
  'refund.failure_reason': failed,
  'dispute.evidence_details.submission_method': newer,
  'dispute.intended_submission_method': newer,
}

test('a comparison sees a name too many, a name too few, and another type, however deep', () => {
  const example = { a: 1, b: { c: 'x', d: null }, e: [{ f: true }] }
  const found = (ours: unknown, allowances: Allowances = {}) =>
    differences(example, ours, 'it', allowances, new Set())
  expect(found({ a: 2, b: { c: 'y', d: 5 }, e: [] })).toEqual([])
  expect(found({ a: '1', b: { c: 'x' }, e: [{ f: true }, { g: 1 }] })).toEqual([
    'it.a is string here and integer there',
    'it.b.d is there alone',
    'it.e[].f is there alone',
    'it.e[].g is here alone',
  ])
  expect(found({ a: 1, b: null, e: [], more: 1 }, { 'it.more': 'newer' })).toEqual([])
})

describeInStandIn(
  'an object of the stand-in has the names and types of Stripe’s own example:',
  'Stripe’s need no proof',
  () => {
    const service = useService()
    const objects: Record<string, object[]> = {}
    const used = new Set<string>()

    beforeAll(async () => {
      const { control, give, press, stripe } = service
      const customer = await stripe.customers.create({ email: 'anna@charity.org', name: 'Anna' })
      const open = await stripe.checkout.sessions.create(aGift({ customer: customer.id }))
      await press(await stripe.checkout.sessions.create(aGift()), 'decline:insufficient_funds')
      const [paid, disputed, debited] = [await give(), await give(), await give({}, 'late:clear')]
      const refund = await stripe.refunds.create({ charge: paid.id, amount: 300 })
      await control('PUT clock', { aheadMs: 1000 })
      const other = await stripe.refunds.create({ charge: debited.id })
      await control(`POST refunds/${refund.id}/fail`)
      const { id } = await control(`POST charges/${disputed.id}/dispute`)
      await control(`POST disputes/${id}/close`, { outcome: 'partly-won', amount: 400 })
      const { data: sessions } = await stripe.checkout.sessions.list()
      const { data: items } = await stripe.checkout.sessions.listLineItems(open.id)
      const { data: events } = await stripe.events.list({ limit: 100 })
      Object.assign(objects, {
        customer: [customer],
        'checkout.session': sessions,
        item: items,
        payment_intent: (await stripe.paymentIntents.list()).data,
        charge: (await stripe.charges.list()).data,
        balance_transaction: await service.movements(),
        refund: [await stripe.refunds.retrieve(refund.id), other],
        dispute: (await stripe.disputes.list()).data,
        // What an event is about is compared above.
        event: events.map((event) => ({ ...event, data: null })),
      })
    })

    test.for([
      'customer',
      'checkout.session',
      'item',
      'payment_intent',
      'charge',
      'balance_transaction',
      'refund',
      'dispute',
      'event',
    ])('%s', (kind, { skip }) => {
      if (fixtures.outcome === 'absent') skipFor(fixtures.why, skip)
      const ours = objects[kind] ?? []
      expect(ours).not.toEqual([])
      // As it goes over the wire: the SDK makes its own kinds of some values.
      const plain = JSON.parse(JSON.stringify(ours)) as object[]
      const example = fixtures.outcome === 'read' ? fixtures.resources[kind] : undefined
      const found = plain.flatMap((each) => differences(example, each, kind, allowed, used))
      expect([...new Set(found)]).toEqual([])
    })

    test('and nothing is allowed that does not happen', ({ skip }) => {
      if (fixtures.outcome === 'absent') skipFor(fixtures.why, skip)
      expect([...used].sort()).toEqual(Object.keys(allowed).sort())
    })
  },
)
