import type Stripe from 'stripe'
import { z } from 'zod'
import { done, failed, type ApiRequest, type Done } from './answer.ts'
import { failure, noSuch } from './errors.ts'
import { emit } from './events.ts'
import { cancelFor } from './intents.ts'
import { listed } from './lists.ts'
import { flag, listParams, metadata, readParams, whole, within } from './params.ts'
import { lateMethods, leastAmounts } from './methods.ts'
import type { StandIn } from './stand-in.ts'
import { newId } from './store.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const LARGEST_AMOUNT = 99_999_999

const page = z.string().regex(/^https?:\/\//, 'Not a valid URL')

/** docs.stripe.com/api/checkout/sessions/create: what a gift needs of it. */
const fields = z.strictObject({
  mode: z.enum(['payment']),
  ui_mode: z.enum(['hosted_page']).optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay']).optional(),
  line_items: z
    .array(
      z.strictObject({
        quantity: whole,
        price_data: z.strictObject({
          currency: z.string(),
          unit_amount: whole,
          product_data: z.strictObject({
            name: z.string().min(1),
            description: z.string().optional(),
            metadata: metadata.optional(),
          }),
        }),
      }),
    )
    .min(1)
    .max(100),
  success_url: page,
  cancel_url: page.optional(),
  customer: z.string().optional(),
  customer_email: z.email('Invalid email address').optional(),
  client_reference_id: z.string().max(200).optional(),
  expires_at: whole.optional(),
  locale: z.string().optional(),
  metadata: metadata.optional(),
  adaptive_pricing: z.strictObject({ enabled: flag }).optional(),
  payment_method_types: z.array(z.string()).optional(),
  payment_intent_data: z
    .strictObject({
      description: z.string().optional(),
      metadata: metadata.optional(),
      receipt_email: z.string().optional(),
      // docs.stripe.com/get-started/account/statement-descriptors
      statement_descriptor: z.string().min(5).max(22).optional(),
      statement_descriptor_suffix: z.string().max(22).optional(),
    })
    .optional(),
})
type Fields = z.infer<typeof fields>

export function createSession(standIn: StandIn, { origin, params }: ApiRequest): Done {
  const read = readParams(fields, params)
  if (read.outcome === 'failed') return read
  const asked = read.value
  const { account, seconds, store } = standIn
  const currency = (asked.line_items[0]?.price_data.currency ?? '').toLowerCase()
  const amount = asked.line_items.reduce((sum, each) => sum + each.quantity * each.price_data.unit_amount, 0)
  const expiresAt = asked.expires_at ?? seconds + 24 * HOUR
  const wrong =
    wrongAmount(asked, currency, amount, account.rates) ??
    wrongTime(expiresAt, seconds) ??
    (asked.customer !== undefined && !store.findOf('customer', asked.customer)
      ? noSuch('customer', asked.customer, 'customer')
      : undefined)
  if (wrong) return failed(wrong)

  const id = newId(account.livemode ? 'cs_live' : 'cs_test')
  const session = store.save(opened(standIn, id, asked, { currency, amount, expiresAt, origin }))
  const { payment_intent_data: payment } = asked
  store.save({
    object: 'plan',
    id: planOf(id),
    description: payment?.description ?? null,
    metadata: payment?.metadata ?? {},
    receipt_email: payment?.receipt_email ?? null,
    statement_descriptor: payment?.statement_descriptor ?? null,
    statement_descriptor_suffix: payment?.statement_descriptor_suffix ?? null,
  })
  standIn.plan('expire', id, expiresAt * 1000)
  return done(session)
}

export function planOf(session: string): string {
  return `plan_${session}`
}

/** docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
function wrongAmount({ line_items: items }: Fields, currency: string, amount: number, rates: object) {
  const place = 'line_items[0][price_data]'
  if (!(currency in rates)) {
    const message = `Invalid currency: ${currency}. It is none that this stand-in has a rate for.`
    return failure('invalid_parameter', { message, param: `${place}[currency]` })
  }
  if (items.some((item) => item.price_data.currency.toLowerCase() !== currency)) {
    const message = 'All prices of a Checkout Session must be in the same currency.'
    return failure('invalid_parameter', { message, param: `${place}[currency]` })
  }
  if (items.some((item) => item.quantity < 1 || item.price_data.unit_amount < 0)) {
    const message = 'This value must be greater than or equal to 0.'
    return failure('invalid_parameter', { code: 'parameter_invalid_integer', message, param: place })
  }
  if (amount < (leastAmounts[currency] ?? 50)) {
    const message = `The Checkout Session's total amount is below the least that can be charged in ${currency}.`
    return failure('invalid_parameter', { code: 'amount_too_small', message })
  }
  if (amount > LARGEST_AMOUNT) {
    const message = "The Checkout Session's total amount must be no more than 999,999.99."
    return failure('invalid_parameter', { code: 'amount_too_large', message })
  }
  return undefined
}

/** docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at: 30 minutes to 24 hours. */
function wrongTime(expiresAt: number, now: number) {
  if (expiresAt >= now + 30 * MINUTE - 1 && expiresAt <= now + 24 * HOUR + 1) return undefined
  const message =
    'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.'
  return failure('invalid_parameter', { message, param: 'expires_at' })
}

/**
 * No payment yet: it is made when the payer confirms (docs.stripe.com/api/checkout/sessions/object, `payment_intent`).
 */
function opened(
  { account, seconds }: StandIn,
  id: string,
  asked: Fields,
  {
    amount,
    currency,
    expiresAt,
    origin,
  }: { amount: number; currency: string; expiresAt: number; origin: string },
): Stripe.Checkout.Session {
  const late = lateMethods[currency]
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: asked.adaptive_pricing?.enabled ?? false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: amount,
    amount_total: amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
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
    customer_creation: asked.customer === undefined ? 'if_required' : null,
    customer_details: null,
    customer_email: asked.customer_email ?? null,
    discounts: [],
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
    payment_method_types: asked.payment_method_types ?? ['card', ...(late ? [late] : [])],
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

export function getSession({ store }: StandIn, { ref }: ApiRequest): Done {
  const session = store.findOf('checkout.session', ref)
  return session ? done(session) : failed(noSuch('checkout.session', ref))
}

const query = z.strictObject({
  ...listParams,
  customer: z.string().optional(),
  payment_intent: z.string().optional(),
  status: z.enum(['complete', 'expired', 'open']).optional(),
})

/** docs.stripe.com/api/checkout/sessions/list */
export function listSessions({ store }: StandIn, { params }: ApiRequest): Done {
  const read = readParams(query, params)
  if (read.outcome === 'failed') return read
  const { created, customer, payment_intent: intent, status } = read.value
  const found = store
    .newestFirst('checkout.session')
    .filter(
      (each) =>
        within(created, each.created) &&
        (customer === undefined || each.customer === customer) &&
        (intent === undefined || each.payment_intent === intent) &&
        (status === undefined || each.status === status),
    )
  return listed(found, '/v1/checkout/sessions', read.value)
}

/** docs.stripe.com/api/checkout/sessions/expire: only one that is open. */
export function expireSession(standIn: StandIn, { params, ref }: ApiRequest): Done {
  const read = readParams(z.strictObject({}), params)
  if (read.outcome === 'failed') return read
  const session = standIn.store.findOf('checkout.session', ref)
  if (!session) return failed(noSuch('checkout.session', ref))
  if (session.status !== 'open') {
    const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`
    return failed(failure('not_now', { message }))
  }
  expire(standIn, ref)
  return done(session)
}

/** Nobody can pay any more; what was begun is cancelled with it. */
export function expire(standIn: StandIn, id: string): void {
  const session = standIn.store.findOf('checkout.session', id)
  if (session?.status !== 'open') return
  standIn.store.save(Object.assign(session, { status: 'expired', url: null }))
  cancelFor(standIn, session)
  emit(standIn, 'checkout.session.expired', session)
}
