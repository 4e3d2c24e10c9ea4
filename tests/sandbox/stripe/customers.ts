import type Stripe from 'stripe'
import { z } from 'zod'
import { done, failed, type ApiRequest, type Done } from './answer.ts'
import { noSuch } from './errors.ts'
import { listOf } from './lists.ts'
import { metadata, readParams, text } from './params.ts'
import type { StandIn } from './stand-in.ts'
import { newId } from './store.ts'

const fields = z.strictObject({
  email: z.string().max(512).optional(),
  name: z.string().max(256).optional(),
  description: z.string().max(350).optional(),
  phone: z.string().max(20).optional(),
  metadata: metadata.optional(),
})

/** docs.stripe.com/api/customers/create: nothing is required, nothing is unique. */
export function createCustomer(standIn: StandIn, { params }: ApiRequest): Done {
  const read = readParams(fields, params)
  if (read.outcome === 'failed') return read
  return done(newCustomer(standIn, read.value))
}

export function newCustomer(
  { account, seconds, store }: StandIn,
  { description, email, metadata, name, phone }: z.infer<typeof fields>,
): Stripe.Customer {
  return store.save({
    id: newId('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: seconds,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: description ?? null,
    discount: null,
    email: email ?? null,
    invoice_prefix: newId('').slice(1, 9).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: account.livemode,
    metadata: metadata ?? {},
    name: name ?? null,
    next_invoice_sequence: 1,
    phone: phone ?? null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  } satisfies Stripe.Customer)
}

/** docs.stripe.com/api/customers/retrieve */
export function getCustomer({ store }: StandIn, { ref }: ApiRequest): Done {
  const customer = store.findOf('customer', ref)
  return customer ? done(customer) : failed(noSuch('customer', ref))
}

/** docs.stripe.com/api/customers/list: `email` to the letter */
export const listCustomers = listOf('customer', '/v1/customers', { email: text })
