/** Pounds for one of a currency: the currencies that the account takes. */
export type Rates = Record<string, number>

/** The currency of the account's balance: everything settles in it. */
export const SETTLES_IN = 'gbp'

/** docs.stripe.com/currencies#zero-decimal, without UGX: that is one of the special cases. An amount counts whole units. */
const zeroDecimal = words('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf')

/** docs.stripe.com/currencies#three-decimal: an amount counts thousandths, and the last digit must be 0. */
const threeDecimal = words('bhd jod kwd omr tnd')

/** docs.stripe.com/currencies#special-cases: an amount counts hundredths, and yet nothing is smaller than a unit. */
const wholeUnits = words('isk ugx')

/** docs.stripe.com/currencies#minimum-and-maximum-charge-amounts, as amounts of the API. */
const leastAmounts: Record<string, number> = {
  ...{ usd: 50, aed: 200, aud: 50, brl: 50, cad: 50, chf: 50, czk: 1500, dkk: 250, eur: 50, gbp: 30 },
  ...{ hkd: 400, huf: 17_500, inr: 50, jpy: 50, mxn: 1000, myr: 200, nok: 300, nzd: 50, pln: 200 },
  ...{ ron: 200, sek: 300, sgd: 50, thb: 1000 },
}

/** docs.stripe.com/currencies#minimum-and-maximum-charge-amounts: eight digits, in the currencies that are common here. */
const LARGEST_AMOUNT = 99_999_999

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

/** How many digits of an amount stand behind the point. */
export function digitsOf(currency: string): number {
  if (zeroDecimal.has(currency)) return 0
  return threeDecimal.has(currency) ? 3 : 2
}

/**
 * What an amount is multiplied by to be pence, and null for pounds (docs.stripe.com/api/balance_transactions/object,
 * `exchange_rate`: between amounts of the API, whatever they count).
 */
export function exchangeRate(currency: string, rates: Rates): number | null {
  if (currency === SETTLES_IN) return null
  const pencePerUnit = (rates[currency] ?? 1) * 100
  return Number((pencePerUnit / 10 ** digitsOf(currency)).toPrecision(12))
}

export function inPence(amount: number, rate: number | null): number {
  return Math.sign(amount) * Math.round(Math.abs(amount) * (rate ?? 1))
}

/** An amount as a person reads it: £10.00, ¥500, ISK 40. */
export function written(amount: number, currency: string): string {
  const digits = wholeUnits.has(currency) && amount % 100 === 0 ? 0 : digitsOf(currency)
  return new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digitsOf(currency))
}

export type AmountFault = { code: string; message: string }

/**
 * Why Stripe takes no such amount; undefined if it does. A currency that is not in the table must come to as many pence
 * as pounds must (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts, docs.stripe.com/error-codes, `amount_too_small`
 * and `amount_too_large`).
 */
export function amountFault(amount: number, currency: string, rates: Rates): AmountFault | undefined {
  const rate = exchangeRate(currency, rates)
  const least = leastAmounts[currency] ?? Math.ceil((leastAmounts[SETTLES_IN] ?? 0) / (rate ?? 1))
  if (amount < least) {
    const message = `The Checkout Session's total amount due must add up to at least ${written(least, currency)} ${currency}`
    return { code: 'amount_too_small', message }
  }
  if (amount > LARGEST_AMOUNT) {
    const message = `The Checkout Session's total amount due must be no more than ${written(LARGEST_AMOUNT, currency)} ${currency}`
    return { code: 'amount_too_large', message }
  }
  // support.stripe.com/questions/deprecation-of-fractional-isk-charges-and-refunds has these words, for ISK.
  if (wholeUnits.has(currency) && amount % 100 !== 0) return notDivisible(currency, 'zero', 100)
  if (threeDecimal.has(currency) && amount % 10 !== 0) return notDivisible(currency, 'two', 10)
  return undefined
}

function notDivisible(currency: string, decimals: string, by: number): AmountFault {
  return {
    code: 'invalid_charge_amount_no_decimal_compatible',
    message: `Invalid amount. Currency ${currency.toUpperCase()} has become effectively ${decimals}-decimal and charged amounts must be evenly divisible by ${by}. See https://stripe.com/docs/currencies#special-cases for more information.`,
  }
}
