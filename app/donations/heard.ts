/**
 * Whom news of a type concerns. gift: what a donor pays, or what goes back to them. balance: money between Stripe and us.
 * nobody: it never moves a gift or our balance. unknown: we have no word for it, so a person looks.
 */
export type Concern = 'gift' | 'balance' | 'nobody' | 'unknown'

/** Stripe's types of events, by their beginnings; the longest that fits decides. docs.stripe.com/api/events/types */
const concerns: Record<string, Concern> = {
  'checkout.session': 'gift',
  payment_intent: 'gift',
  charge: 'gift',
  refund: 'gift',

  application_fee: 'balance',
  balance: 'balance',
  payout: 'balance',
  reserve: 'balance',
  topup: 'balance',
  transfer: 'balance',

  account: 'nobody',
  apps: 'nobody',
  balance_settings: 'nobody',
  'billing.alert': 'nobody',
  billing_portal: 'nobody',
  capability: 'nobody',
  'climate.product': 'nobody',
  coupon: 'nobody',
  customer: 'nobody',
  entitlements: 'nobody',
  file: 'nobody',
  financial_connections: 'nobody',
  identity: 'nobody',
  mandate: 'nobody',
  payment_link: 'nobody',
  payment_method: 'nobody',
  person: 'nobody',
  plan: 'nobody',
  price: 'nobody',
  product: 'nobody',
  promotion_code: 'nobody',
  quote: 'nobody',
  radar: 'nobody',
  reporting: 'nobody',
  review: 'nobody',
  setup_intent: 'nobody',
  sigma: 'nobody',
  source: 'nobody',
  tax: 'nobody',
  tax_rate: 'nobody',
  terminal: 'nobody',
  test_helpers: 'nobody',
  three_d_secure: 'nobody',
  'v2.core': 'nobody',
}

/** Whom news of this type concerns. */
export function concernOf(type: string): Concern {
  const words = type.split('.')
  for (let length = words.length; length > 0; length--) {
    const concern = concerns[words.slice(0, length).join('.')]
    if (concern) return concern
  }
  return 'unknown'
}
