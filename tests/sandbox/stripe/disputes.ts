import type Stripe from 'stripe'
import { done, failed, type ApiRequest, type Done } from './answer.ts'
import { move, moveBack } from './balance.ts'
import { isLate } from './charges.ts'
import { noSuch } from './errors.ts'
import { emit } from './events.ts'
import { listOf } from './lists.ts'
import { text } from './params.ts'
import type { StandIn } from './stand-in.ts'
import { idOf, newId } from './store.ts'

/**
 * stripe.com/gb/pricing and support.stripe.com/questions/june-2025-pricing-updates-for-disputes: what Stripe takes for
 * each dispute that is received, whoever wins it.
 */
const FEE = 2000

/** docs.stripe.com/disputes/responding: 7 to 21 days, as the network has it. */
const TO_ANSWER_SECONDS = 9 * 24 * 60 * 60

/** docs.stripe.com/disputes/how-disputes-work: an inquiry that is open for so long becomes no dispute any more. */
const INQUIRY_MS = 120 * 24 * 60 * 60 * 1000

/**
 * The payer's bank wants a payment back, or some of it: the money and a fee leave the balance at once, as one movement
 * (docs.stripe.com/disputes/how-disputes-work, support.stripe.com/questions/dispute-fees-faq). An inquiry only asks, and
 * moves nothing (stripe.com/docs/disputes, "Inquiries and retrievals").
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
  if (inquiry) standIn.plan('lapse', made.id, standIn.clock.now() + INQUIRY_MS)
  else withdraw(standIn, made)
  return made
}

/** docs.stripe.com/reports/reporting-categories: of type `adjustment`, told apart by `reporting_category`. */
function withdraw(standIn: StandIn, made: Stripe.Dispute): void {
  const moved = move(standIn, {
    type: 'adjustment',
    category: 'dispute',
    source: made.id,
    amount: -made.amount,
    currency: made.currency,
    description: `Chargeback withdrawal for ${idOf(made.charge)}`,
    fee: { amount: FEE, description: 'Dispute fee' },
  })
  made.balance_transactions.push(moved)
  emit(standIn, 'charge.dispute.funds_withdrawn', standIn.store.save(made))
}

/**
 * The charity has sent its evidence, in the Dashboard or otherwise, and waits for the bank
 * (docs.stripe.com/api/disputes/object, `status` and `evidence_details`). Undefined if nobody waits for evidence.
 */
export function answerDispute(standIn: StandIn, made: Stripe.Dispute): Stripe.Dispute | undefined {
  const after: Record<string, Stripe.Dispute.Status> = {
    needs_response: 'under_review',
    warning_needs_response: 'warning_under_review',
  }
  const status = after[made.status]
  if (!status) return undefined
  const { evidence_details: details } = made
  const before = { evidence_details: details, status: made.status }
  const count = details.submission_count + 1
  const sent = { ...details, has_evidence: true, submission_count: count, submission_method: 'manual' }
  standIn.store.save(Object.assign(made, { evidence_details: sent, status }))
  emit(standIn, 'charge.dispute.updated', made, before)
  return made
}

/**
 * An inquiry that was not answered well becomes a dispute, and now the money goes
 * (docs.stripe.com/disputes/how-disputes-work, "Inquiries"). Undefined if it is none, or over.
 */
export function escalate(standIn: StandIn, made: Stripe.Dispute): Stripe.Dispute | undefined {
  if (!isOpenInquiry(made)) return undefined
  const before = { is_charge_refundable: true, status: made.status }
  const { card } = made.payment_method_details ?? {}
  if (card) card.case_type = 'chargeback'
  standIn.store.save(Object.assign(made, { is_charge_refundable: false, status: 'needs_response' }))
  emit(standIn, 'charge.dispute.updated', made, before)
  withdraw(standIn, made)
  return made
}

/** How the bank may decide: for the charity, for the payer, or for each of them in part. */
export type Decision = { outcome: 'won' | 'lost' } | { outcome: 'partly-won'; amount: number }

/**
 * The bank has decided. Won: the money comes back, without the fee. Lost: nothing moves any more. Won in part: that part
 * comes back, and Stripe calls it `lost`
 * (support.stripe.com/questions/dispute-for-full-charge-amount-after-a-partial-refund-was-issued). An inquiry that ends
 * has moved nothing. Undefined if it was over before.
 */
export function close(
  standIn: StandIn,
  made: Stripe.Dispute,
  decision: Decision,
): Stripe.Dispute | undefined {
  const { store } = standIn
  if (isOpenInquiry(made)) return end(standIn, made, 'warning_closed')
  const [taken] = made.balance_transactions
  if (!taken || !['needs_response', 'under_review'].includes(made.status)) return undefined
  store.save(Object.assign(made, { status: decision.outcome === 'won' ? 'won' : 'lost' }))
  if (decision.outcome !== 'lost') {
    const back = moveBack(
      standIn,
      taken,
      {
        type: 'adjustment',
        category: 'dispute_reversal',
        source: made.id,
        description: `Chargeback reversal for ${idOf(made.charge)}`,
      },
      decision.outcome === 'partly-won' ? decision.amount : made.amount,
    )
    made.balance_transactions.push(back)
    emit(standIn, 'charge.dispute.funds_reinstated', store.save(made))
  }
  return end(standIn, made, made.status)
}

/** Nobody has asked further. */
export function lapse(standIn: StandIn, id: string): void {
  const made = standIn.store.findOf('dispute', id)
  if (made && isOpenInquiry(made)) end(standIn, made, 'warning_closed')
}

/** docs.stripe.com/api/events/types, `charge.dispute.closed`: lost, won, or closed without either. */
function end(standIn: StandIn, made: Stripe.Dispute, status: Stripe.Dispute.Status): Stripe.Dispute {
  standIn.store.save(Object.assign(made, { status }))
  emit(standIn, 'charge.dispute.closed', made)
  return made
}

function isOpenInquiry({ status }: Stripe.Dispute): boolean {
  return status === 'warning_needs_response' || status === 'warning_under_review'
}

/** stripe.com/docs/disputes, "Inquiries and retrievals": a full refund is an answer to an inquiry, and ends it. */
export function endInquiries(standIn: StandIn, charge: Stripe.Charge): void {
  for (const each of disputesOf(standIn, charge)) {
    if (isOpenInquiry(each)) end(standIn, each, 'warning_closed')
  }
}

/** docs.stripe.com/api/disputes/object, `is_charge_refundable`: what is disputed in earnest is not refunded as well. */
export function isRefundable(standIn: StandIn, charge: Stripe.Charge): boolean {
  return disputesOf(standIn, charge).every((each) => each.is_charge_refundable)
}

function disputesOf({ store }: StandIn, charge: Stripe.Charge): Stripe.Dispute[] {
  return store.newestFirst('dispute').filter((each) => each.charge === charge.id)
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
    // Of the methods here Stripe tells details of cards alone.
    ...(isLate(charge)
      ? {}
      : {
          payment_method_details: {
            type: 'card' as const,
            card: {
              brand: 'visa',
              case_type: inquiry ? 'inquiry' : 'chargeback',
              network: 'visa',
              network_reason_code: '10.4',
            },
          },
        }),
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

/** docs.stripe.com/api/disputes/retrieve */
export function getDispute({ store }: StandIn, { ref }: ApiRequest): Done {
  const found = store.findOf('dispute', ref)
  return found ? done(found) : failed(noSuch('dispute', ref))
}

/** docs.stripe.com/api/disputes/list */
export const listDisputes = listOf('dispute', '/v1/disputes', { charge: text, payment_intent: text })
