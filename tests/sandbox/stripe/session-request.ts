import { z } from 'zod'
import { amountFault } from './currencies.ts'
import { type Failure, failure, noSuchNamed } from './errors.ts'
import { email, flag, metadata, text, webAddress, whole } from './params.ts'
import type { StandIn } from './stand-in.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** docs.stripe.com/api/checkout/sessions/create: what a gift needs of it. */
export const sessionFields = z.strictObject({
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
  success_url: webAddress,
  cancel_url: webAddress.optional(),
  customer: text,
  customer_creation: z.enum(['always', 'if_required']).optional(),
  customer_email: email.optional(),
  client_reference_id: z.string().max(200).optional(),
  expires_at: whole.optional(),
  locale: text,
  metadata: metadata.optional(),
  adaptive_pricing: z.strictObject({ enabled: flag }).optional(),
  // Since 2026-09-30 in place of `payment_method_types`: a filter of what the account takes anyway.
  allowed_payment_method_types: z.array(z.string()).optional(),
  excluded_payment_method_types: z.array(z.string()).optional(),
  branding_settings: z.strictObject({ display_name: z.string() }).optional(),
  payment_intent_data: z
    .strictObject({
      description: text,
      metadata: metadata.optional(),
      receipt_email: email.optional(),
      // docs.stripe.com/get-started/account/statement-descriptors
      statement_descriptor: z.string().min(5).max(22).optional(),
      statement_descriptor_suffix: z.string().max(22).optional(),
    })
    .optional(),
})
export type SessionRequest = z.infer<typeof sessionFields>

/** What a session will be about, once it is known to be in order. */
export type Terms = { amount: number; currency: string; expiresAt: number }

export function termsOf({ expires_at: asked, line_items: items }: SessionRequest, now: number): Terms {
  return {
    amount: items.reduce((sum, each) => sum + each.quantity * each.price_data.unit_amount, 0),
    currency: (items[0]?.price_data.currency ?? '').toLowerCase(),
    // docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at: 24 hours unless told.
    expiresAt: asked ?? now + 24 * HOUR,
  }
}

/** Why there is no such session, in Stripe's words; undefined if there may be. */
export function whyNotBegun(
  { account, seconds, store }: StandIn,
  asked: SessionRequest,
  terms: Terms,
): Failure | undefined {
  const { customer, customer_email: address } = asked
  // github.com/laravel/cashier-stripe/issues/1078 has these words.
  if (customer !== undefined && address !== undefined) {
    const message = 'You may only specify one of these parameters: customer, customer_email.'
    return failure('invalid_parameter', { message, param: 'customer_email' })
  }
  if (customer !== undefined && !store.findOf('customer', customer)) {
    return noSuchNamed('customer', customer, 'customer')
  }
  return wrongPrices(asked, terms, account.rates) ?? wrongTime(asked.expires_at, seconds)
}

function wrongPrices(
  { line_items: items }: SessionRequest,
  { amount, currency }: Terms,
  rates: Record<string, number>,
): Failure | undefined {
  const place = 'line_items[0][price_data]'
  if (!(currency in rates)) {
    const known = Object.keys(rates).join(', ')
    const message = `Invalid currency: ${currency}. Stripe currently supports these currencies: ${known}`
    return failure('invalid_parameter', { message, param: `${place}[currency]` })
  }
  // docs.stripe.com/api/checkout/sessions/object, `currency`: a session has one.
  if (items.some((item) => item.price_data.currency.toLowerCase() !== currency)) {
    const message = 'All prices of a Checkout Session must be in the same currency.'
    return failure('invalid_parameter', { message, param: `${place}[currency]` })
  }
  for (const [index, { price_data: price, quantity }] of items.entries()) {
    const param = `line_items[${index}]`
    if (quantity < 1) return tooSmall(1, `${param}[quantity]`)
    if (price.unit_amount < 0) return tooSmall(0, `${param}[price_data][unit_amount]`)
  }
  const fault = amountFault(amount, currency, rates)
  return fault && failure('invalid_parameter', fault)
}

/** docs.stripe.com/error-codes#parameter-invalid-integer */
function tooSmall(least: number, param: string): Failure {
  const message = `This value must be greater than or equal to ${least}.`
  return failure('invalid_parameter', { code: 'parameter_invalid_integer', message, param })
}

/**
 * docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at: 30 minutes to 24 hours, by Stripe's
 * own clock; who asks for 24 hours exactly is refused, in the words of
 * github.com/alexmorrisnz/moodle-paygw_stripe/pull/72.
 */
function wrongTime(expiresAt: number | undefined, now: number): Failure | undefined {
  if (expiresAt === undefined) return undefined
  const bound =
    expiresAt < now + 30 * MINUTE
      ? 'at least 30 minutes'
      : expiresAt >= now + 24 * HOUR
        ? 'less than 24 hours'
        : undefined
  if (!bound) return undefined
  const message = `The \`expires_at\` timestamp must be ${bound} from Checkout Session creation.`
  return failure('invalid_parameter', { message, param: 'expires_at' })
}
