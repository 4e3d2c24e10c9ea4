import { failure, type Failure } from './errors.ts'

/** What a key may do. `full` unless the control API says otherwise. */
export const keyKinds = ['full', 'restricted', 'unknown'] as const
export type KeyKind = (typeof keyKinds)[number]

/** Whose account this is: a charity's in the United Kingdom, whose balance is in pounds. */
export class Account {
  readonly keys = new Map<string, KeyKind>()
  livemode = false
  /** What payers read on the page. Null: the host that they come from. */
  name: string | null = null
  /** Pounds for one of it. Other currencies are not taken (docs.stripe.com/currencies/conversion). */
  rates: Record<string, number> = { gbp: 1, eur: 0.86521, usd: 0.74894 }
  /** How long after a payment its fee is known (docs.stripe.com/payments/payment-intents/asynchronous-capture). */
  feeMs = 1000
  /** How many days a late method takes (docs.stripe.com/payments/payment-methods/bacs-debit). */
  lateDays = 4

  /** Whether this authorization header may do that (docs.stripe.com/api/authentication: bearer, or basic auth's name). */
  refusal(authorization = ''): Failure | undefined {
    const [, scheme = '', credentials = ''] = /^(Bearer|Basic)\s+(\S+)$/i.exec(authorization) ?? []
    const isBasic = scheme.toLowerCase() === 'basic'
    const key = isBasic ? Buffer.from(credentials, 'base64').toString().replace(/:.*$/, '') : credentials
    if (!key) return failure('no_key')
    const kind = /^[sr]k_test_\w+$/.test(key) ? (this.keys.get(key) ?? 'full') : 'unknown'
    switch (kind) {
      case 'full':
        return undefined
      case 'restricted':
        return failure('restricted_key')
      case 'unknown':
        return failure('unknown_key', { message: `Invalid API Key provided: ${key.slice(0, 8)}***` })
    }
  }
}
