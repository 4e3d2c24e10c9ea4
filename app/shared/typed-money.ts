import { assertNever } from './invariant.ts'
import { exponentOf, formatMoney, stepOf, type CurrencyCode, type Money } from './money.ts'

export type TypedMoney = { outcome: 'read'; money: Money } | { outcome: 'wrong'; problem: MoneyProblem }

/**
 * - unclear: "1.000" may be one or a thousand
 * - too-fine: more decimals than the currency is charged in
 * - other-currency: a sign or code of another one stands beside it
 */
export type MoneyProblem =
  'nothing' | 'no-amount' | 'below-zero' | 'zero' | 'unclear' | 'too-fine' | 'other-currency' | 'too-much'

/** Stripe takes eight digits at the most, whatever the currency (docs.stripe.com/currencies, "maximum amounts"). */
export const MOST_MINOR = 99_999_999

/**
 * Reads what a person typed as an amount of that currency: "25", "£25", "25.50", "1,000", "GBP 1,000.50", and as it is
 * written on the continent: "25,50", "1.000,50", "1 000". Nothing is guessed: what could mean two amounts is refused.
 */
export function parseMoney(typed: string, currency: CurrencyCode): TypedMoney {
  const text = typed.normalize('NFKC').trim()
  if (text === '') return wrong('nothing')
  const sign = /^[-−–]|[-−–]$/.test(text)
  const bare = withoutCurrency(text.replace(/^[-−–]\s*/, ''), currency)
  if (bare === null) return wrong('other-currency')
  const number = /^[-−–]/.test(bare) ? bare.replace(/^[-−–]\s*/, '') : bare
  const read = readNumber(number, exponentOf(currency))
  if (typeof read === 'string') return wrong(read)
  if (sign || number !== bare) return wrong('below-zero')
  return inMinorUnits(read, currency)
}

/** The problem in words for the person who typed it. */
export function sayMoneyProblem(problem: MoneyProblem, currency: CurrencyCode): string {
  switch (problem) {
    case 'nothing':
      return 'Enter an amount.'
    case 'no-amount':
      return `Enter the amount in figures, such as ${example(currency)}.`
    case 'below-zero':
    case 'zero':
      return 'Enter an amount above zero.'
    case 'unclear':
      return `This could be read as two amounts. Write it without marks between the thousands, such as ${example(currency)}.`
    case 'too-fine':
      return `This is smaller than the smallest coin of ${currency} that can be paid. Enter an amount such as ${example(currency)}.`
    case 'other-currency':
      return `This amount is in another currency. Choose that currency, or enter an amount in ${currency}.`
    case 'too-much':
      return `The most that can be given at once is ${formatMoney({ amountMinor: most(currency), currency })}. Enter a smaller amount.`
    default:
      return assertNever(problem)
  }
}

type Read = { whole: string; decimals: string }

/** Takes the sign or code of the currency away, from either end; null when another one stands there. */
function withoutCurrency(text: string, currency: CurrencyCode): string | null {
  const signs = [currency, signOf(currency), ...(shortSigns[currency] ?? [])]
  const sign = signs
    .toSorted((a, b) => b.length - a.length)
    .find((each) => startsWith(text, each) || endsWith(text, each))
  if (sign !== undefined)
    return (startsWith(text, sign) ? text.slice(sign.length) : text.slice(0, -sign.length)).trim()
  // "ten" is no currency; a sign of money, or three letters beside figures, are meant as one.
  return /\p{Sc}|^[A-Z]{3}\b.*\d|\d.*\b[A-Z]{3}$/iu.test(text) ? null : text
}

function startsWith(text: string, sign: string): boolean {
  return text.slice(0, sign.length).toUpperCase() === sign.toUpperCase()
}

function endsWith(text: string, sign: string): boolean {
  return text.slice(-sign.length).toUpperCase() === sign.toUpperCase()
}

const shortSigns: Partial<Record<CurrencyCode, string[]>> = {
  USD: ['$', 'US$'],
  CAD: ['$'],
  AUD: ['$'],
  JPY: ['¥'],
  EUR: ['€'],
}

function signOf(currency: CurrencyCode): string {
  const parts = new Intl.NumberFormat('en-GB', { style: 'currency', currency }).formatToParts(0)
  // Some signs hold a space that does not break; what was typed has been made plain too.
  return (parts.find(({ type }) => type === 'currency')?.value ?? currency).normalize('NFKC')
}

function readNumber(text: string, exponent: number): Read | 'no-amount' | 'unclear' | 'too-fine' {
  const spaced = text.replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, '')
  const plain = /^(\d+)(?:\.(\d*))?$/.exec(spaced)
  // "1.000": the thousand of half of Europe, or three decimals that this currency does not have.
  if (plain?.[2]?.length === 3 && exponent !== 3) return 'unclear'
  if (plain) return { whole: plain[1] ?? '', decimals: plain[2] ?? '' }
  const point = /^(\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/.exec(spaced)
  // "1,000" of a currency with three decimals is one, or a thousand.
  if (point && exponent === 3 && point[2] === undefined && !/,.*,/.test(spaced)) return 'unclear'
  if (point) return { whole: (point[1] ?? '').replaceAll(',', ''), decimals: point[2] ?? '' }
  const comma =
    /^(\d+|\d{1,3}(?:\.\d{3})+),(\d+)$/.exec(spaced) ?? /^(\d{1,3}(?:\.\d{3}){2,})()$/.exec(spaced)
  if (comma) return { whole: (comma[1] ?? '').replaceAll('.', ''), decimals: comma[2] ?? '' }
  const bare = /^\.(\d+)$/.exec(spaced)
  if (bare) return { whole: '0', decimals: bare[1] ?? '' }
  return /^[\d.,]*\d[\d.,]*$/.test(spaced) ? 'unclear' : 'no-amount'
}

function inMinorUnits({ whole, decimals }: Read, currency: CurrencyCode): TypedMoney {
  const exponent = exponentOf(currency)
  if (/[1-9]/.test(decimals.slice(exponent))) return wrong('too-fine')
  if (decimals.length > exponent && exponent > 0) return wrong('too-fine')
  const digits = (whole + decimals.slice(0, exponent).padEnd(exponent, '0')).replace(/^0+/, '')
  if (digits === '') return wrong('zero')
  const amountMinor = Number(digits)
  if (digits.length > 15 || amountMinor > MOST_MINOR) return wrong('too-much')
  if (amountMinor % stepOf(currency) !== 0) return wrong('too-fine')
  return { outcome: 'read', money: { amountMinor, currency } }
}

function wrong(problem: MoneyProblem): TypedMoney {
  return { outcome: 'wrong', problem }
}

function most(currency: CurrencyCode): number {
  return MOST_MINOR - (MOST_MINOR % stepOf(currency))
}

function example(currency: CurrencyCode): string {
  return formatMoney({ amountMinor: 25 * 10 ** exponentOf(currency), currency }).replace(/\u00a0/g, ' ')
}
