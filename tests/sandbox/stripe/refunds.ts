import type Stripe from 'stripe'
import { z } from 'zod'
import { done, failed, type ApiRequest, type Done } from './answer.ts'
import { move, moveBack } from './balance.ts'
import { isLate } from './charges.ts'
import { endInquiries, isRefundable } from './disputes.ts'
import { type Failure, failure, noSuch, noSuchNamed } from './errors.ts'
import { emit } from './events.ts'
import { listOf } from './lists.ts'
import { metadata, readParams, text, whole } from './params.ts'
import type { StandIn } from './stand-in.ts'
import { idOf, newId } from './store.ts'

const fields = z.strictObject({
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
  amount: whole.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.optional(),
})

/** docs.stripe.com/api/refunds/create: all that is left of a charge unless an amount is given, and never more. */
export function createRefund(standIn: StandIn, { params }: ApiRequest): Done {
  const read = readParams(fields, params)
  if (read.outcome === 'failed') return read
  const asked = read.value
  const { store } = standIn
  const intent = store.findOf('payment_intent', asked.payment_intent ?? '')
  if (asked.payment_intent !== undefined && !intent) {
    return failed(noSuchNamed('payment_intent', asked.payment_intent, 'payment_intent'))
  }
  const ref = asked.charge ?? idOf(intent?.latest_charge)
  const charge = store.findOf('charge', ref)
  if (!charge && asked.charge === undefined && !intent) {
    const message =
      'One of the following params should be provided for this request: payment_intent or charge.'
    return failed(failure('missing_parameter', { message }))
  }
  if (!charge) return failed(noSuchNamed('charge', ref, 'charge'))
  const amount = asked.amount ?? charge.amount - charge.amount_refunded
  const wrong = whyNot(standIn, charge, amount)
  return wrong ? failed(wrong) : done(refund(standIn, charge, amount, asked))
}

/**
 * docs.stripe.com/refunds and docs.stripe.com/error-codes#charge-already-refunded and #charge-disputed; Stripe's words
 * are those of github.com/Sylius/StripePlugin/pull/120.
 */
function whyNot(standIn: StandIn, charge: Stripe.Charge, amount: number): Failure | undefined {
  if (charge.status !== 'succeeded') {
    return failure('not_now', { message: `Charge ${charge.id} has not been paid, and cannot be refunded.` })
  }
  if (!isRefundable(standIn, charge)) {
    const message = `Charge ${charge.id} has been charged back; cannot issue a refund.`
    return failure('not_now', { code: 'charge_disputed', message })
  }
  if (charge.refunded) {
    const message = `Charge ${charge.id} has already been refunded.`
    return failure('not_now', { code: 'charge_already_refunded', message })
  }
  const left = charge.amount - charge.amount_refunded
  if (amount > left) {
    const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`
    return failure('not_now', { message, param: 'amount' })
  }
  if (amount < 1) {
    const message = 'This value must be greater than or equal to 1.'
    return failure('not_now', { code: 'parameter_invalid_integer', message, param: 'amount' })
  }
  return undefined
}

/**
 * The charge's fee is not given back (docs.stripe.com/refunds, "fees"). A card's refund is sent at once, another is on
 * its way for a while (docs.stripe.com/api/refunds/object, `status`); the movement of one is a `refund`, of the other a
 * `payment_refund` (docs.stripe.com/reports/balance-transaction-types).
 */
function refund(
  standIn: StandIn,
  charge: Stripe.Charge,
  amount: number,
  { metadata, reason }: z.infer<typeof fields>,
): Stripe.Refund {
  const { account, clock, seconds, store } = standIn
  const id = newId(isLate(charge) ? 'pyr' : 're')
  const moved = move(standIn, {
    type: isLate(charge) ? 'payment_refund' : 'refund',
    category: 'refund',
    source: id,
    amount: -amount,
    currency: charge.currency,
    description: 'REFUND FOR CHARGE',
  })
  const made = store.save({
    id,
    object: 'refund',
    amount,
    balance_transaction: moved.id,
    charge: charge.id,
    created: seconds,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: isLate(charge)
      ? { type: charge.payment_method_details?.type ?? '' }
      : {
          type: 'card',
          card: { type: 'refund', reference_status: 'pending', reference_type: 'acquirer_reference_number' },
        },
    metadata: metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: isLate(charge) ? 'pending' : 'succeeded',
    transfer_reversal: null,
  } satisfies Stripe.Refund)
  const before = { amount_refunded: charge.amount_refunded, refunded: charge.refunded }
  recount(standIn, charge, amount)
  emit(standIn, 'refund.created', made)
  emit(standIn, 'charge.refunded', charge, before)
  if (charge.refunded) endInquiries(standIn, charge)
  standIn.plan('arrive', id, clock.now() + account.feeMs)
  return made
}

function recount({ store }: StandIn, charge: Stripe.Charge, more: number): void {
  const refunded = charge.amount_refunded + more
  store.save(Object.assign(charge, { amount_refunded: refunded, refunded: refunded === charge.amount }))
}

/** The bank has it: a card refund gets its reference, another succeeds (docs.stripe.com/refunds, "refund.updated"). */
export function arrive(standIn: StandIn, id: string): void {
  const made = standIn.store.findOf('refund', id)
  if (!made || made.status === 'failed') return
  const card = made.destination_details?.card
  if (card) Object.assign(card, { reference: '74000000000000000000000', reference_status: 'available' })
  standIn.store.save(Object.assign(made, { status: 'succeeded' }))
  emit(standIn, 'refund.updated', made)
}

/**
 * The bank gives it back, days after it went: the money is in the balance again
 * (docs.stripe.com/refunds#failed-refunds). Undefined if it had failed before.
 */
export function failRefund(standIn: StandIn, made: Stripe.Refund, reason: string): Stripe.Refund | undefined {
  const { store } = standIn
  const out = store.findOf('balance_transaction', idOf(made.balance_transaction))
  const charge = store.findOf('charge', idOf(made.charge))
  if (made.status === 'failed' || !out || !charge) return undefined
  const back = moveBack(standIn, out, {
    type: 'refund_failure',
    category: 'refund_failure',
    source: made.id,
    description: 'REFUND FAILURE',
  })
  store.save(
    Object.assign(made, { failure_balance_transaction: back.id, failure_reason: reason, status: 'failed' }),
  )
  recount(standIn, charge, -made.amount)
  emit(standIn, 'refund.failed', made)
  emit(standIn, 'refund.updated', made)
  return made
}

/** docs.stripe.com/api/refunds/retrieve */
export function getRefund({ store }: StandIn, { ref }: ApiRequest): Done {
  const found = store.findOf('refund', ref)
  return found ? done(found) : failed(noSuch('refund', ref))
}

/** docs.stripe.com/api/refunds/list */
export const listRefunds = listOf('refund', '/v1/refunds', { charge: text, payment_intent: text })
