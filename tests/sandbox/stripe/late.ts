import type Stripe from 'stripe'
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
  const charge = newCharge(standIn, intent, payer, byDebit(intent.currency))
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
  standIn.plan(ends, charge.id, clock.now() + account.lateDays * DAY_MS)
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
  fail(standIn, charge, why)
  unpaid(standIn, intent, charge, why)
  emit(standIn, 'checkout.session.async_payment_failed', session)
}

function underWay(standIn: StandIn, id: string) {
  const charge = standIn.store.findOf('charge', id)
  const intent = standIn.store.findOf('payment_intent', idOf(charge?.payment_intent))
  const session = intent && sessionOf(standIn, intent)
  return charge?.status === 'pending' && intent && session ? { charge, intent, session } : undefined
}
