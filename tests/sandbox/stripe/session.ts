import type Stripe from 'stripe'
import { lateMethods } from './methods.ts'
import type { SessionRequest, Terms } from './session-request.ts'
import type { StandIn } from './stand-in.ts'

/**
 * A session that waits for its payer. It has no payment yet: that is made when the payer confirms
 * (docs.stripe.com/api/checkout/sessions/object#checkout_session_object-payment_intent).
 */
export function newSession(
  { account, seconds }: StandIn,
  id: string,
  asked: SessionRequest,
  { amount, currency, expiresAt }: Terms,
  origin: string,
): Stripe.Checkout.Session {
  const { excluded_payment_method_types: excluded } = asked
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: asked.adaptive_pricing?.enabled ?? false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: asked.allowed_payment_method_types ?? null,
    amount_subtotal: amount,
    amount_total: amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    ...(asked.branding_settings ? { branding_settings: { ...plain, ...asked.branding_settings } } : {}),
    cancel_url: asked.cancel_url ?? null,
    client_reference_id: asked.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: seconds,
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: asked.customer ?? null,
    customer_account: null,
    customer_creation: asked.customer === undefined ? (asked.customer_creation ?? 'if_required') : null,
    customer_details: null,
    customer_email: asked.customer_email ?? null,
    discounts: [],
    ...(excluded ? { excluded_payment_method_types: excluded } : {}),
    expires_at: expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: account.livemode,
    locale: asked.locale ?? null,
    managed_payments: null,
    metadata: asked.metadata ?? {},
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: methodsFor(currency, asked),
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: asked.submit_type ?? null,
    subscription: null,
    success_url: asked.success_url,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${origin}/c/pay/${id}`,
    wallet_options: null,
  } satisfies Stripe.Checkout.Session
}

/** How the account looks where nothing else is asked for. */
const plain = {
  background_color: '#ffffff',
  border_style: 'rounded',
  button_color: '#0074d4',
  font_family: 'default',
  icon: null,
  logo: null,
} as const

/**
 * docs.stripe.com/payments/payment-methods/dynamic-payment-methods: what the account takes in that currency, unless it is
 * filtered out.
 */
function methodsFor(
  currency: string,
  { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded }: SessionRequest,
): string[] {
  const late = lateMethods[currency]
  return ['card', ...(late ? [late] : [])].filter(
    (type) => (allowed?.includes(type) ?? true) && !excluded?.includes(type),
  )
}
