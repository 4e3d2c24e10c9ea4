import type Stripe from 'stripe'
import { fail, newCharge, succeed, type Payer } from './charges.ts'
import { newCustomer } from './customers.ts'
import { emit } from './events.ts'
import { intentOf } from './intents.ts'
import { byCard, declines, type Decline } from './methods.ts'
import type { StandIn } from './stand-in.ts'

type Session = Stripe.Checkout.Session

/** A card that is good: paid at once (docs.stripe.com/payments/checkout/how-checkout-works). */
export function payByCard(standIn: StandIn, session: Session, payer: Payer): void {
  const intent = intentOf(standIn, session)
  const charge = newCharge(standIn, intent, payer, byCard(intent.amount))
  succeed(standIn, charge)
  paid(standIn, intent, charge)
  complete(standIn, session, payer, 'paid')
  emit(standIn, 'checkout.session.completed', session)
}

/**
 * A card that is declined: the session stays open, and the payer may try again
 * (docs.stripe.com/payments/checkout/how-checkout-works, docs.stripe.com/declines).
 */
export function declineCard(standIn: StandIn, session: Session, payer: Payer, decline: Decline): void {
  const [code, message, last4] = declines[decline]
  const intent = intentOf(standIn, session)
  const charge = newCharge(standIn, intent, payer, byCard(intent.amount, last4))
  fail(standIn, charge, { code, decline, message })
  unpaid(standIn, intent, charge, { code, decline, message })
}

/** docs.stripe.com/payments/paymentintents/lifecycle: the money has come. */
export function paid(standIn: StandIn, intent: Stripe.PaymentIntent, charge: Stripe.Charge): void {
  standIn.store.save(
    Object.assign(intent, {
      amount_received: charge.amount,
      last_payment_error: null,
      latest_charge: charge.id,
      payment_method: charge.payment_method,
      status: 'succeeded',
    }),
  )
  emit(standIn, 'payment_intent.succeeded', intent)
}

/** docs.stripe.com/payments/paymentintents/lifecycle: back to where a method must be given. */
export function unpaid(
  standIn: StandIn,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  { code, decline, message }: { code: string; decline: string | null; message: string },
): void {
  const error = {
    type: 'card_error',
    charge: charge.id,
    code: code,
    ...(decline ? { decline_code: decline } : {}),
    doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`,
    message,
  } satisfies Stripe.PaymentIntent.LastPaymentError
  standIn.store.save(
    Object.assign(intent, {
      last_payment_error: error,
      latest_charge: charge.id,
      payment_method: null,
      status: 'requires_payment_method',
    }),
  )
  emit(standIn, 'payment_intent.payment_failed', intent)
}

/**
 * The payer is through: nobody can pay on this page again, and what they have said of themselves stands in the session
 * (docs.stripe.com/api/checkout/sessions/object, `customer_details` and `url`).
 */
export function complete(
  standIn: StandIn,
  session: Session,
  { email, name }: Payer,
  paymentStatus: 'paid' | 'unpaid',
): void {
  const { store } = standIn
  // docs.stripe.com/api/checkout/sessions/create, `customer_creation`: `if_required` makes none for a payment.
  if (session.customer_creation === 'always' && session.customer === null) {
    session.customer = newCustomer(standIn, { email: email ?? undefined, name: name ?? undefined }).id
  }
  const address = { city: null, country: 'GB', line1: null, line2: null, postal_code: null, state: null }
  const details = {
    address,
    business_name: null,
    email,
    individual_name: null,
    name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  } satisfies Stripe.Checkout.Session.CustomerDetails
  store.save(
    Object.assign(session, {
      customer_details: details,
      payment_status: paymentStatus,
      status: 'complete',
      url: null,
    }),
  )
}
