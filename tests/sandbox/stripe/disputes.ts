import type Stripe from 'stripe'
import { z } from 'zod'
import { done, failed, type ApiRequest, type Done } from './answer.ts'
import { move, moveBack } from './balance.ts'
import { noSuch } from './errors.ts'
import { emit } from './events.ts'
import { listed } from './lists.ts'
import { listParams, readParams, within } from './params.ts'
import type { StandIn } from './stand-in.ts'
import { idOf, newId } from './store.ts'

/** stripe.com/gb/pricing: what Stripe takes for a dispute, whoever wins it. */
const FEE = 2000
const TO_ANSWER_SECONDS = 9 * 24 * 60 * 60

/**
 * The payer's bank wants a payment back, or some of it: the money and a fee leave the balance at once. An inquiry only
 * asks (docs.stripe.com/disputes/how-disputes-work).
 */
export function dispute(
  standIn: StandIn,
  charge: Stripe.Charge,
  {
    amount = charge.amount,
    inquiry,
    reason,
  }: { amount?: number | undefined; inquiry: boolean; reason: string },
): Stripe.Dispute {
  const { store } = standIn
  const made = store.save(opened(standIn, charge, { amount, inquiry, reason }))
  store.save(Object.assign(charge, { disputed: true }))
  emit(standIn, 'charge.dispute.created', made)
  emit(standIn, 'charge.updated', charge, { disputed: false })
  if (inquiry) return made
  const moved = move(standIn, {
    type: 'adjustment',
    category: 'dispute',
    source: made.id,
    amount: -amount,
    currency: charge.currency,
    description: `Chargeback withdrawal for ${charge.id}`,
    fee: { amount: FEE, description: 'Dispute fee' },
  })
  made.balance_transactions.push(moved)
  emit(standIn, 'charge.dispute.funds_withdrawn', store.save(made))
  return made
}

/**
 * The bank has decided. Won: the money comes back, without the fee. Lost: nothing moves any more. An inquiry that ends
 * has moved nothing. Undefined if it was over before.
 */
export function close(
  standIn: StandIn,
  made: Stripe.Dispute,
  outcome: 'won' | 'lost',
): Stripe.Dispute | undefined {
  const { store } = standIn
  if (!['needs_response', 'under_review', 'warning_needs_response'].includes(made.status)) return undefined
  const [taken] = made.balance_transactions
  store.save(Object.assign(made, { status: taken ? outcome : 'warning_closed' }))
  if (taken && outcome === 'won') {
    const back = moveBack(standIn, taken, {
      type: 'adjustment',
      category: 'dispute_reversal',
      source: made.id,
      description: `Chargeback reversal for ${idOf(made.charge)}`,
    })
    made.balance_transactions.push(back)
    emit(standIn, 'charge.dispute.funds_reinstated', store.save(made))
  }
  emit(standIn, 'charge.dispute.closed', made)
  return made
}

function opened(
  { account, seconds }: StandIn,
  charge: Stripe.Charge,
  { amount, inquiry, reason }: { amount: number; inquiry: boolean; reason: string },
): Stripe.Dispute {
  return {
    id: newId('du'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: seconds,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: seconds + TO_ANSWER_SECONDS,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: account.livemode,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      type: 'card',
      card: {
        brand: 'visa',
        case_type: inquiry ? 'inquiry' : 'chargeback',
        network: 'visa',
        network_reason_code: '10.4',
      },
    },
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  } satisfies Stripe.Dispute
}

const noEvidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
} satisfies Stripe.Dispute.Evidence

export function getDispute({ store }: StandIn, { ref }: ApiRequest): Done {
  const found = store.findOf('dispute', ref)
  return found ? done(found) : failed(noSuch('dispute', ref))
}

const query = z.strictObject({
  ...listParams,
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
})

/** docs.stripe.com/api/disputes/list */
export function listDisputes({ store }: StandIn, { params }: ApiRequest): Done {
  const read = readParams(query, params)
  if (read.outcome === 'failed') return read
  const { charge, created, payment_intent: intent } = read.value
  const found = store
    .newestFirst('dispute')
    .filter(
      (each) =>
        within(created, each.created) &&
        (charge === undefined || each.charge === charge) &&
        (intent === undefined || each.payment_intent === intent),
    )
  return listed(found, '/v1/disputes', read.value)
}
