import { z } from 'zod'
import { LONGEST_ADDRESS, readAddress } from '#app/shared/address.ts'
import { formatMoney, type Money } from '#app/shared/money.ts'
import { parseMoney, sayMoneyProblem } from '#app/shared/typed-money.ts'
import { giftCurrencies, type GiftCurrency } from './gift.ts'

// Giving asks two things in turn: how much and for what, and then who gives. What was typed in either travels with the
// form in both directions, and is read again each time.

/** Amounts that can be chosen without typing, in whole units of any of the currencies. */
export const presets = ['10', '25', '50', '100'] as const

/** The choice of an amount that is typed. */
export const OWN_AMOUNT = 'own'

/** The choice of no partner. Partners are chosen by their slug, and this is none that they could have. */
export const MOST_NEEDED = 'most_needed'

/** Below this, what each payment costs would eat the gift; above it, a person should speak to a person first. */
export const LEAST_MINOR = 100
export const MOST_MINOR = 1_000_000

const LONGEST_NAME = 100
export const LONGEST_MESSAGE = 1000

/** How much, and what for: as it was sent. */
export type TypedChoice = { currency: string; amount: string; own: string; to: string }
export type ChoiceErrors = Partial<Record<keyof TypedChoice, string[]>>

/** What was chosen. `to` is a partner's slug, or null for where it is most needed. */
export type Choice = { amount: Money & { currency: GiftCurrency }; to: string | null }

export type ChoiceForm =
  | { outcome: 'read'; typed: TypedChoice; choice: Choice }
  | { outcome: 'refused'; typed: TypedChoice; errors: ChoiceErrors }

/** What a form or an address holds. */
type Fields = { get: (name: string) => unknown }

/** Reads how much is to be given and what for. `partners` are the slugs that may be chosen. */
export function readChoice(fields: Fields, partners: readonly string[]): ChoiceForm {
  const typed: TypedChoice = {
    currency: textOf(fields, 'currency'),
    amount: textOf(fields, 'amount'),
    own: textOf(fields, 'own'),
    to: textOf(fields, 'to'),
  }
  const currency = giftCurrencies.find((code) => code === typed.currency)
  const amount = currency ? readAmount(typed, currency) : null
  const isKnown = typed.to === MOST_NEEDED || partners.includes(typed.to)
  if (currency && amount?.outcome === 'read' && isKnown) {
    const to = typed.to === MOST_NEEDED ? null : typed.to
    return { outcome: 'read', typed, choice: { amount: { amountMinor: amount.amountMinor, currency }, to } }
  }
  const errors: ChoiceErrors = {}
  if (!currency) errors.currency = ['Choose a currency.']
  if (amount?.outcome === 'wrong') errors[amount.field] = [amount.message]
  if (!isKnown) errors.to = ['Choose what your gift is for.']
  return { outcome: 'refused', typed, errors }
}

/** The fields that say a choice: a gift that was made before can be chosen again. */
export function typedChoice({ amount: { amountMinor, currency }, to }: Choice): TypedChoice {
  const preset = presets.find((each) => Number(each) * 100 === amountMinor)
  const written = (amountMinor / 100).toFixed(amountMinor % 100 === 0 ? 0 : 2)
  return {
    currency,
    amount: preset ?? OWN_AMOUNT,
    own: preset ? '' : written,
    to: to ?? MOST_NEEDED,
  }
}

type ReadAmount =
  { outcome: 'read'; amountMinor: number } | { outcome: 'wrong'; field: 'amount' | 'own'; message: string }

function readAmount({ amount, own }: TypedChoice, currency: GiftCurrency): ReadAmount {
  const preset = presets.find((each) => each === amount)
  if (preset && own === '') return { outcome: 'read', amountMinor: Number(preset) * 100 }
  // Which of the two was meant, nobody but the donor knows; neither is a gift that they did not ask for.
  if (preset) {
    const message = 'You chose an amount and typed another. Choose “Another amount”, or empty this field.'
    return { outcome: 'wrong', field: 'own', message }
  }
  if (own === '' && amount !== OWN_AMOUNT) {
    return { outcome: 'wrong', field: 'amount', message: 'Choose an amount, or enter your own.' }
  }
  const read = parseMoney(own, currency)
  const wrong = (message: string): ReadAmount => ({ outcome: 'wrong', field: 'own', message })
  if (read.outcome === 'wrong' && read.problem !== 'too-much') {
    return wrong(sayMoneyProblem(read.problem, currency))
  }
  const amountMinor = read.outcome === 'read' ? read.money.amountMinor : Infinity
  if (amountMinor < LEAST_MINOR) {
    const least = formatMoney({ amountMinor: LEAST_MINOR, currency })
    return wrong(`Enter ${least} or more: of less, what the payment costs would leave too little.`)
  }
  if (amountMinor > MOST_MINOR) {
    const most = formatMoney({ amountMinor: MOST_MINOR, currency })
    return wrong(`Enter ${most} or less. To give more at once, write to us first.`)
  }
  return { outcome: 'read', amountMinor }
}

/** Who gives: as it was sent. */
export type TypedDetails = { name: string; email: string; message: string; updates: boolean }
export type DetailErrors = Partial<Record<keyof TypedDetails | 'form', string[]>>

export type Details = { name: string; email: string; message: string | null; updates: boolean }

export type DetailsForm =
  | { outcome: 'read'; typed: TypedDetails; details: Details }
  | { outcome: 'refused'; typed: TypedDetails; errors: DetailErrors }

export const noDetails: TypedDetails = { name: '', email: '', message: '', updates: false }

const addressWords = {
  empty: 'Enter your email address.',
  'too-long': `The email address must be ${LONGEST_ADDRESS} characters or fewer.`,
  malformed: 'Enter an email address in the correct format, like name@example.com.',
}

const noCard = 'This looks like the number of a card. Leave it out: only the payment page asks for it.'

const schema = z.object({
  name: z
    .string()
    .transform(onOneLine)
    .pipe(
      z
        .string()
        .min(1, 'Enter your name.')
        .max(LONGEST_NAME, `The name must be ${LONGEST_NAME} characters or fewer.`)
        .refine((text) => !holdsCardNumber(text), noCard),
    ),
  email: z.string().transform((typed, context) => {
    const read = readAddress(typed)
    if (read.outcome === 'read') return read.address
    context.addIssue({ code: 'custom', message: addressWords[read.outcome] })
    return z.NEVER
  }),
  message: z
    .string()
    .transform(onLines)
    .pipe(
      z
        .string()
        .max(
          LONGEST_MESSAGE,
          `The message must be ${LONGEST_MESSAGE.toLocaleString('en-GB')} characters or fewer.`,
        )
        .refine((text) => !holdsCardNumber(text), noCard),
    )
    .transform((text) => text || null),
  form: z.literal(
    '',
    'A field that only programs see was filled in. It is empty now: press the button again.',
  ),
})

/**
 * Reads who gives. `words`: the mark of the words beside the box for updates today; whoever ticked it beside other words
 * is shown today's, with the box empty. `trap`: what stands in the field that only programs fill in.
 */
export function readDetails(form: Fields, words: string, trap: string): DetailsForm {
  const typed = typedDetails(form, words)
  const { name, email, message, updates } = typed
  const parsed = schema.safeParse({ name, email, message, form: trap })
  const errors: DetailErrors = parsed.success ? {} : z.flattenError(parsed.error).fieldErrors
  if (isTicked(form) && !updates) errors.updates = [wordsHaveChanged]
  if (!parsed.success || errors.updates) return { outcome: 'refused', typed, errors }
  const { form: _form, ...read } = parsed.data
  return { outcome: 'read', typed, details: { ...read, updates } }
}

/** The fields of who gives, as they were sent, whether or not they are right. */
export function typedDetails(form: Fields, words: string): TypedDetails {
  return {
    name: textOf(form, 'name'),
    email: textOf(form, 'email'),
    message: textOf(form, 'message'),
    updates: isTicked(form) && textOf(form, 'wording') === words,
  }
}

function isTicked(form: Fields): boolean {
  return textOf(form, 'updates') === 'yes'
}

const wordsHaveChanged =
  'The words beside this box have changed since you opened the page. Read them, then tick it if you agree.'

function textOf(fields: Fields, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/** Signs that no keyboard has and no record can hold are nobody's words. */
/** Marks that turn the words around them (UAX #9, 2.1 to 2.3) would turn those of a mail that names the person. */
const turningMarks = /[\u202a-\u202e\u2066-\u2069]/g

/** A name of nothing that can be seen is no name. */
function onOneLine(text: string): string {
  const line = text
    .replace(turningMarks, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  return /[^\p{Cf}\s]/u.test(line) ? line : ''
}

function onLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim()
}

/** 13 to 19 digits, however spaced, that satisfy the check digit of cards (ISO/IEC 7812-1, annex B). */
function holdsCardNumber(text: string): boolean {
  const runs = text.match(/\d(?:[ -]?\d){12,18}/g) ?? []
  return runs.some((run) => {
    const digits = [...run.replace(/\D/g, '')].reverse().map(Number)
    const sum = digits.reduce((total, digit, at) => {
      const doubled = digit * 2
      return total + (at % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled)
    }, 0)
    return sum % 10 === 0
  })
}
