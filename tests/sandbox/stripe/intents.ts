import type Stripe from 'stripe'
import { z } from 'zod'
import { done, failed, type ApiRequest, type Done } from './answer.ts'
import { failure, noSuch } from './errors.ts'
import { emit } from './events.ts'
import { listOf } from './lists.ts'
import { readParams, text } from './params.ts'
import type { StandIn } from './stand-in.ts'
import { idOf, newId } from './store.ts'

/**
 * The payment of a session: made when its payer first tries, and the same at every further try
 * (docs.stripe.com/payments/checkout/how-checkout-works, docs.stripe.com/payments/paymentintents/lifecycle).
 */
export function intentOf(standIn: StandIn, session: Stripe.Checkout.Session): Stripe.PaymentIntent {
  const { account, seconds, store } = standIn
  const before = store.findOf('payment_intent', idOf(session.payment_intent))
  if (before) return before
  const plan = store.planOf(session.id)
  const id = newId('pi')
  const intent = store.save({
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: session.amount_total ?? 0,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${newId('').slice(1)}`,
    confirmation_method: 'automatic',
    created: seconds,
    currency: session.currency ?? '',
    customer: session.customer,
    customer_account: null,
    description: plan?.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: account.livemode,
    managed_payments: null,
    metadata: plan?.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: session.payment_method_types,
    payment_record: null,
    processing: null,
    receipt_email: plan?.receipt_email ?? null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: plan?.statement_descriptor ?? null,
    statement_descriptor_suffix: plan?.statement_descriptor_suffix ?? null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  } satisfies Stripe.PaymentIntent)
  store.save(Object.assign(session, { payment_intent: id }))
  emit(standIn, 'payment_intent.created', intent)
  return intent
}

/** The session that a payment belongs to: here every payment has one. */
export function sessionOf(
  { store }: StandIn,
  intent: Stripe.PaymentIntent,
): Stripe.Checkout.Session | undefined {
  return store.newestFirst('checkout.session').find((session) => session.payment_intent === intent.id)
}

/** docs.stripe.com/api/payment_intents/retrieve */
export function getIntent({ store }: StandIn, { ref }: ApiRequest): Done {
  const intent = store.findOf('payment_intent', ref)
  return intent ? done(intent) : failed(noSuch('payment_intent', ref, 'intent'))
}

/** docs.stripe.com/api/payment_intents/list */
export const listIntents = listOf('payment_intent', '/v1/payment_intents', { customer: text })

const cancellation = z.strictObject({
  cancellation_reason: z.enum(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']).optional(),
})

/**
 * docs.stripe.com/api/payment_intents/cancel: the payment of a Checkout Session is cancelled by expiring the session, and
 * directly only where it waits to be captured, which none does here. Stripe's words are those of
 * github.com/stripe/stripe-dotnet/issues/2429.
 */
export function cancelIntent({ store }: StandIn, { params, ref }: ApiRequest): Done {
  const read = readParams(cancellation, params)
  if (read.outcome === 'failed') return read
  const intent = store.findOf('payment_intent', ref)
  if (!intent) return failed(noSuch('payment_intent', ref, 'intent'))
  const message =
    intent.status === 'requires_payment_method'
      ? 'You cannot perform this action on PaymentIntents created by Checkout.'
      : `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`
  return failed(failure('not_now', { code: 'payment_intent_unexpected_state', message }))
}

/** What an expired session had begun (docs.stripe.com/api/payment_intents/cancel). */
export function cancelFor(standIn: StandIn, session: Stripe.Checkout.Session): void {
  const intent = standIn.store.findOf('payment_intent', idOf(session.payment_intent))
  if (intent?.status !== 'requires_payment_method') return
  standIn.store.save(
    Object.assign(intent, {
      canceled_at: standIn.seconds,
      // docs.stripe.com/api/payment_intents/object#payment_intent_object-cancellation_reason: Stripe's own doing.
      cancellation_reason: 'automatic',
      status: 'canceled',
    }),
  )
  emit(standIn, 'payment_intent.canceled', intent)
}
