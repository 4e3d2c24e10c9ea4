import type Stripe from 'stripe'
import { z } from 'zod'
import { failed, type ApiRequest, type Done } from './answer.ts'
import { noSuch } from './errors.ts'
import { listed, pageOf } from './lists.ts'
import { pageParams, readParams } from './params.ts'
import type { SessionRequest } from './session-request.ts'
import type { StandIn } from './stand-in.ts'
import { newId } from './store.ts'

/**
 * What is paid for, as it was asked for: each line has a price of its own, which is made for it and used no further
 * (docs.stripe.com/api/checkout/sessions/create#create_checkout_session-line_items-price_data).
 */
export function newLineItems(
  { account, seconds }: StandIn,
  { line_items: items }: SessionRequest,
  currency: string,
): Stripe.LineItem[] {
  return items.map(({ price_data: price, quantity }) => {
    const amount = quantity * price.unit_amount
    return {
      id: newId('li'),
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency,
      description: price.product_data.name,
      metadata: null,
      price: {
        id: newId('price'),
        object: 'price',
        active: false,
        billing_scheme: 'per_unit',
        created: seconds,
        currency,
        custom_unit_amount: null,
        livemode: account.livemode,
        lookup_key: null,
        metadata: {},
        nickname: null,
        product: newId('prod'),
        recurring: null,
        tax_behavior: 'unspecified',
        tiers_mode: null,
        transform_quantity: null,
        type: 'one_time',
        unit_amount: price.unit_amount,
        // The SDK makes a Decimal of the text that the API writes.
        unit_amount_decimal: String(price.unit_amount) as unknown as Stripe.Decimal,
      },
      quantity,
    } satisfies Stripe.LineItem
  })
}

function addressOf(session: string): string {
  return `/v1/checkout/sessions/${session}/line_items`
}

/** docs.stripe.com/api/checkout/sessions/line_items */
export function listLineItems({ store }: StandIn, { params, ref }: ApiRequest): Done {
  const read = readParams(z.strictObject(pageParams), params)
  if (read.outcome === 'failed') return read
  const plan = store.planOf(ref)
  if (!plan) return failed(noSuch('checkout.session', ref, 'session'))
  return listed(plan.line_items, addressOf(ref), read.value)
}

/**
 * The first handful, where a session's `line_items` is asked for by `expand[]`
 * (docs.stripe.com/api/checkout/sessions/object#checkout_session_object-line_items).
 */
export function firstLineItems({ store }: StandIn, session: string): object | undefined {
  const plan = store.planOf(session)
  return plan && pageOf(plan.line_items, addressOf(session), {})
}
