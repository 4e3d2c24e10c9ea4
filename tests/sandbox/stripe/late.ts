import type Stripe from 'stripe'
import { moveBack } from './balance.ts'
import { fail, newCharge, succeed, type Payer } from './charges.ts'
import { emit } from './events.ts'
import { intentOf, sessionOf } from './intents.ts'
import { byDebit } from './methods.ts'
import { complete, paid, unpaid } from './paying.ts'
import type { StandIn } from './stand-in.ts'
import { idOf } from './store.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * A method whose money comes or fails days later: the session is complete at once, and not paid
 * (docs.stripe.com/checkout/fulfillment, "delayed notification").
 */
export function payLate(
  standIn: StandIn,
  session: Stripe.Checkout.Session,
  payer: Payer,
  ends: 'clear' | 'bounce',
): void {
  const { account, clock, store } = standIn
  const intent = intentOf(standIn, session)
  const day = clock.now() + account.lateDays * DAY_MS
  const charge = newCharge(standIn, intent, payer, byDebit(intent.currency, new Date(day)))
  const { payment_method: method } = charge
  store.save(
    Object.assign(intent, {
      last_payment_error: null,
      latest_charge: charge.id,
      payment_method: method,
      status: 'processing',
    }),
  )
  emit(standIn, 'charge.pending', charge)
  emit(standIn, 'payment_intent.processing', intent)
  complete(standIn, session, payer, 'unpaid')
  emit(standIn, 'checkout.session.completed', session)
  // What is on its way stands in the balance already, and is taken out of it again if it does not come
  // (support.stripe.com/questions/changes-to-balance-transaction-behavior-for-debit-payment-methods).
  standIn.plan('settle', charge.id, clock.now() + account.feeMs)
  standIn.plan(ends, charge.id, day)
}

/** The money has come after all (docs.stripe.com/checkout/fulfillment, `async_payment_succeeded`). */
export function clear(standIn: StandIn, id: string): void {
  const under = underWay(standIn, id)
  if (!under) return
  const { charge, intent, session } = under
  succeed(standIn, charge)
  paid(standIn, intent, charge)
  standIn.store.save(Object.assign(session, { payment_status: 'paid' }))
  emit(standIn, 'checkout.session.async_payment_succeeded', session)
}

/**
 * It has not (docs.stripe.com/checkout/fulfillment, `async_payment_failed`, and
 * docs.stripe.com/payments/payment-methods/bacs-debit, "Payment failures").
 */
export function bounce(standIn: StandIn, id: string): void {
  const under = underWay(standIn, id)
  if (!under) return
  const { charge, intent, session } = under
  const why = {
    code: 'payment_method_customer_decline',
    decline: null,
    message: "The customer's bank did not pay: there was not enough money in the account.",
  }
  takeBack(standIn, charge)
  fail(standIn, charge, why)
  unpaid(standIn, intent, charge, why)
  emit(standIn, 'checkout.session.async_payment_failed', session)
}

/** docs.stripe.com/api/charges/object#charge_object-failure_balance_transaction */
function takeBack(standIn: StandIn, charge: Stripe.Charge): void {
  const came = standIn.store.findOf('balance_transaction', idOf(charge.balance_transaction))
  if (!came) return
  const { description, id: source } = charge
  const back = moveBack(standIn, came, {
    type: 'payment_failure_refund',
    category: 'charge_failure',
    source,
    description,
  })
  standIn.store.save(Object.assign(charge, { failure_balance_transaction: back.id }))
}

function underWay(standIn: StandIn, id: string) {
  const charge = standIn.store.findOf('charge', id)
  const intent = standIn.store.findOf('payment_intent', idOf(charge?.payment_intent))
  const session = intent && sessionOf(standIn, intent)
  return charge?.status === 'pending' && intent && session ? { charge, intent, session } : undefined
}
