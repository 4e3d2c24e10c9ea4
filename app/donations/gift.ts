import type { Purpose } from '#app/partners/fund.ts'
import type { Money } from '#app/shared/money.ts'

/**
 * A gift's life.
 * - started: the donor was sent to the payment page, and has not paid
 * - promised: the donor wants to transfer it from their bank
 * - processing: paid in a way that takes days
 * - received: the money is ours; whatever goes back later is told by its movements
 * - failed: what was processing did not come
 * - expired: the payment page ran out, or was closed after too many tries; or the promise was not kept
 */
export const giftStates = ['started', 'promised', 'processing', 'received', 'failed', 'expired'] as const

export type GiftState = (typeof giftStates)[number]

/** Who brought a move about. */
export type GiftActor = 'donor' | 'stripe' | 'staff' | 'clock'

/** Which state may follow which. A donor may try again after what failed; what was received stays received. */
const mayBecome: Record<GiftState, readonly GiftState[]> = {
  started: ['promised', 'processing', 'received', 'failed', 'expired'],
  promised: ['started', 'received', 'expired'],
  processing: ['received', 'failed'],
  received: [],
  failed: ['started', 'promised'],
  expired: ['started', 'promised', 'processing', 'received'],
}

export function isAllowedMove(from: GiftState, to: GiftState): boolean {
  return mayBecome[from].includes(to)
}

/** Nothing is to be paid any more: the money is there, or on its way. */
export function isGiven(state: GiftState): boolean {
  return state === 'processing' || state === 'received'
}

/** A gift as its donor made it. */
export type GiftAsked = {
  amount: Money
  /** For whose work, or null for where it is most needed. */
  purpose: Purpose
  name: string
  email: string
  message: string | null
  /** The words that were ticked to get updates, exactly; null when they were not. */
  updatesWording: string | null
}

/** The three in which a gift can be made; the account holds its money in pounds. */
export const giftCurrencies = ['GBP', 'EUR', 'USD'] as const

export type GiftCurrency = (typeof giftCurrencies)[number]

export function isGiftCurrency(code: string): code is GiftCurrency {
  return giftCurrencies.some((each) => each === code)
}

/** What a gift is for, at the end of a sentence: "Gift for the work of …". `name` is the partner's. */
export function sayPurpose(name: string | null): string {
  return name === null ? 'for where it is most needed' : `for the work of ${name}`
}

/** After so many declined payments a page is closed: whoever tries cards finds another place to try them. */
export const MOST_DECLINES = 5

/** So long a promised transfer is waited for. */
export const PROMISE_DAYS = 60

/** Once, until regular gifts come. */
export type Frequency = 'once'

/** Letters and digits that nobody takes for one another (Crockford's base 32). */
const REFERENCE_SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A reference from eight bytes of chance: "G-7K3M9XQ2". For people to say, type and search by; it opens nothing. Two may
 * be the same once in a million million: the database refuses the second, and another is made.
 */
export function referenceFrom(chance: Uint8Array): string {
  return `G-${[...chance.subarray(0, 8)].map((byte) => REFERENCE_SIGNS[byte % 32]).join('')}`
}
