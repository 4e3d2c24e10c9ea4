import type Stripe from 'stripe'
import { done, failed, type ApiRequest, type Done } from './answer.ts'
import { feeOf, move } from './balance.ts'
import { exchangeRate, inPence } from './currencies.ts'
import { noSuch } from './errors.ts'
import { emit } from './events.ts'
import { listOf } from './lists.ts'
import { text } from './params.ts'
import type { StandIn } from './stand-in.ts'
import { newId } from './store.ts'

export type Payer = { email: string | null; name: string | null }

/**
 * One try at a payment, with nothing said yet of how it went (docs.stripe.com/api/charges/object). What was not paid by
 * card has an id that begins with `py_`.
 */
export function newCharge(
  { account, seconds, store }: StandIn,
  intent: Stripe.PaymentIntent,
  payer: Payer,
  method: Stripe.Charge.PaymentMethodDetails,
): Stripe.Charge {
  const address = { city: null, country: 'GB', line1: null, line2: null, postal_code: null, state: null }
  return store.save({
    id: newId(method.type === 'card' ? 'ch' : 'py'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { ...payer, address, phone: null, tax_id: null },
    calculated_statement_descriptor: intent.statement_descriptor ?? 'STAND-IN',
    captured: false,
    created: seconds,
    currency: intent.currency,
    customer: intent.customer as string | null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: account.livemode,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: newId('pm'),
    payment_method_details: method,
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: 'pending',
    transfer_data: null,
    transfer_group: null,
  } satisfies Stripe.Charge)
}

export function isLate(charge: Stripe.Charge): boolean {
  return charge.payment_method_details?.type !== 'card'
}

/**
 * The money has come; what it cost is known a moment later
 * (docs.stripe.com/payments/payment-intents/asynchronous-capture: `balance_transaction` is null until then).
 */
export function succeed(standIn: StandIn, charge: Stripe.Charge): void {
  standIn.store.save(
    Object.assign(charge, {
      amount_captured: charge.amount,
      captured: true,
      paid: true,
      status: 'succeeded',
      outcome: said(charge, 'authorized', 'approved_by_network', 'Payment complete.'),
    }),
  )
  emit(standIn, 'charge.succeeded', charge)
  standIn.plan('settle', charge.id, standIn.clock.now() + standIn.account.feeMs)
}

/** It did not come. `decline` is of docs.stripe.com/declines/codes. */
export function fail(
  standIn: StandIn,
  charge: Stripe.Charge,
  { code, decline, message }: { code: string; decline: string | null; message: string },
): void {
  standIn.store.save(
    Object.assign(charge, {
      failure_code: code,
      failure_message: message,
      paid: false,
      status: 'failed',
      outcome: said(charge, 'issuer_declined', 'declined_by_network', message, decline),
    }),
  )
  emit(standIn, 'charge.failed', charge)
}

/** docs.stripe.com/api/charges/object#charge_object-outcome: Radar looks at cards alone. */
function said(
  charge: Stripe.Charge,
  type: string,
  status: string,
  message: string,
  reason: string | null = null,
): Stripe.Charge.Outcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: status,
    reason,
    ...(isLate(charge) ? { risk_level: 'not_assessed' } : { risk_level: 'normal', risk_score: 12 }),
    seller_message: message,
    type,
  }
}

/**
 * The fee is known: the charge gets its balance transaction, and that is told as its change
 * (docs.stripe.com/payments/payment-intents/asynchronous-capture, docs.stripe.com/api/events/types, `charge.updated`).
 * Done twice, it is done once.
 */
export function settle(standIn: StandIn, id: string): void {
  const { account, store } = standIn
  const charge = store.findOf('charge', id)
  if (!charge || charge.balance_transaction !== null || charge.status === 'failed') return
  const { amount, currency, description } = charge
  const pence = inPence(amount, exchangeRate(currency, account.rates))
  const moved = move(standIn, {
    type: isLate(charge) ? 'payment' : 'charge',
    category: 'charge',
    source: id,
    amount,
    currency,
    description,
    fee: { amount: feeOf(pence, currency, isLate(charge)), description: 'Stripe processing fees' },
  })
  store.save(Object.assign(charge, { balance_transaction: moved.id }))
  emit(standIn, 'charge.updated', charge, { balance_transaction: null })
}

/** docs.stripe.com/api/charges/retrieve */
export function getCharge({ store }: StandIn, { ref }: ApiRequest): Done {
  const charge = store.findOf('charge', ref)
  return charge ? done(charge) : failed(noSuch('charge', ref))
}

/** docs.stripe.com/api/charges/list */
export const listCharges = listOf('charge', '/v1/charges', { customer: text, payment_intent: text })
