import { invariant } from './invariant.ts'

/**
 * The currencies in which Stripe can charge, by the number of decimals of its minor unit. These are Stripe's exponents,
 * not ISO 4217's: they say what an `amount` in its API means. Source: https://docs.stripe.com/currencies
 */
// prettier-ignore
const zeroDecimal = [
  'BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF',
] as const

const threeDecimal = ['BHD', 'JOD', 'KWD', 'OMR', 'TND'] as const

/** Written with two decimals that must be 00: their countries gave up the smaller coin, Stripe kept the format. */
const twoDecimalWholeOnly = ['ISK', 'UGX'] as const

// prettier-ignore
const twoDecimal = [
  'AED', 'AFN', 'ALL', 'AMD', 'ANG', 'AOA', 'ARS', 'AUD', 'AWG', 'AZN', 'BAM', 'BBD', 'BDT', 'BGN', 'BMD', 'BND', 'BOB',
  'BRL', 'BSD', 'BWP', 'BYN', 'BZD', 'CAD', 'CDF', 'CHF', 'CNY', 'COP', 'CRC', 'CVE', 'CZK', 'DKK', 'DOP', 'DZD', 'EGP',
  'ETB', 'EUR', 'FJD', 'FKP', 'GBP', 'GEL', 'GIP', 'GMD', 'GTQ', 'GYD', 'HKD', 'HNL', 'HTG', 'HUF', 'IDR', 'ILS', 'INR',
  'JMD', 'KES', 'KGS', 'KHR', 'KYD', 'KZT', 'LAK', 'LBP', 'LKR', 'LRD', 'LSL', 'MAD', 'MDL', 'MKD', 'MMK', 'MNT', 'MOP',
  'MUR', 'MVR', 'MWK', 'MXN', 'MYR', 'MZN', 'NAD', 'NGN', 'NIO', 'NOK', 'NPR', 'NZD', 'PAB', 'PEN', 'PGK', 'PHP', 'PKR',
  'PLN', 'QAR', 'RON', 'RSD', 'RUB', 'SAR', 'SBD', 'SCR', 'SEK', 'SGD', 'SHP', 'SLE', 'SOS', 'SRD', 'STD', 'SZL', 'THB',
  'TJS', 'TOP', 'TRY', 'TTD', 'TWD', 'TZS', 'UAH', 'USD', 'UYU', 'UZS', 'WST', 'XCD', 'XCG', 'YER', 'ZAR', 'ZMW',
] as const

export type CurrencyCode =
  | (typeof zeroDecimal)[number]
  | (typeof twoDecimal)[number]
  | (typeof twoDecimalWholeOnly)[number]
  | (typeof threeDecimal)[number]

/** An amount in whole minor units (pence of GBP, yen of JPY), as Stripe counts them. Negative when it goes back. */
export type Money = { amountMinor: number; currency: CurrencyCode }

const decimals: ReadonlyMap<string, number> = new Map<CurrencyCode, number>([
  ...zeroDecimal.map((code) => [code, 0] as const),
  ...twoDecimal.map((code) => [code, 2] as const),
  ...twoDecimalWholeOnly.map((code) => [code, 2] as const),
  ...threeDecimal.map((code) => [code, 3] as const),
])

/** Every currency that Stripe can charge, in the order of their codes. */
export const currencyCodes: readonly CurrencyCode[] = [
  ...zeroDecimal,
  ...twoDecimal,
  ...twoDecimalWholeOnly,
  ...threeDecimal,
].sort()

/** True for the upper-case code of a currency that Stripe can charge. */
export function isCurrencyCode(code: string): code is CurrencyCode {
  return decimals.has(code)
}

/** How many decimals the minor unit of `currency` has in Stripe's API: 0, 2 or 3. */
export function exponentOf(currency: CurrencyCode): number {
  const exponent = decimals.get(currency)
  invariant(exponent !== undefined, `${currency} is not a currency that Stripe can charge`)
  return exponent
}

/**
 * The smallest step in minor units that Stripe takes: whole krónur and shillings only, and of three decimals the last
 * must be 0. Forints and Taiwan dollars are charged to two decimals; only their payouts are whole.
 */
export function stepOf(currency: CurrencyCode): number {
  if (twoDecimalWholeOnly.some((code) => code === currency)) return 100
  return threeDecimal.some((code) => code === currency) ? 10 : 1
}

/**
 * The amount as people in Britain read it: "£25", "£25.50", "¥500", "-£3". Whole amounts drop their zeros unless
 * `everyDecimal` asks for them, as columns do. Throws when `amountMinor` is not a whole number.
 */
export function formatMoney({ amountMinor, currency }: Money, { everyDecimal = false } = {}): string {
  invariant(Number.isSafeInteger(amountMinor), `Money comes in whole minor units; this is ${amountMinor}`)
  const exponent = exponentOf(currency)
  const unit = 10 ** exponent
  const shown = everyDecimal || amountMinor % unit !== 0 ? exponent : 0
  return formatFor(currency, shown).format(amountMinor / unit)
}

const formats = new Map<string, Intl.NumberFormat>()

/** Building a format is slow and its kinds are few: each is built once. */
function formatFor(currency: CurrencyCode, shownDecimals: number): Intl.NumberFormat {
  const key = `${currency} ${shownDecimals}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat('en-GB', {
      style: 'currency',
      currency,
      minimumFractionDigits: shownDecimals,
      maximumFractionDigits: shownDecimals,
    })
    formats.set(key, format)
  }
  return format
}
