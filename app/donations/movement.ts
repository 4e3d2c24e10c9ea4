import { assertNever } from '#app/shared/invariant.ts'
import type { CurrencyCode, Money } from '#app/shared/money.ts'
import type { Purpose } from '#app/partners/fund.ts'

/**
 * What a balance transaction of Stripe's is to us.
 * - charge: a gift came in; refund: it, or a part of it, went back; refund_failure: what went back has come again
 * - dispute: the donor's bank took it back; dispute_reversal: the bank gave it again
 * - stripe_fee: a fee that belongs to no gift
 * - payout: on its way to our bank; payout_failure: it came back
 * - adjustment: Stripe's own correction; unknown: a type that we have no word for. Both wait for a person
 */
export const movementKinds = [
  'charge',
  'refund',
  'refund_failure',
  'dispute',
  'dispute_reversal',
  'stripe_fee',
  'payout',
  'payout_failure',
  'adjustment',
  'unknown',
] as const

export type MovementKind = (typeof movementKinds)[number]

/** A part of a gift, and what it is for. */
export type GiftPart = { partnerId: Purpose; amountMinor: number }

/** A part of a fee, in Stripe's word for it: "stripe_fee", "tax". */
export type FeePart = { kind: string; amountMinor: number; currency: CurrencyCode }

/** One change of our balance at Stripe, as its balance transaction states it. */
export type Movement = {
  /** The balance transaction's: txn_… */
  id: string
  kind: MovementKind
  giftId: string | null
  /** The movement that a refund_failure or dispute_reversal takes back; null for all others. */
  undoesId: string | null
  /** In the gift's own currency, negative when it goes back; null without a gift. */
  given: Money | null
  /** In the balance's currency. What the balance rose by is the gross amount less the fee. */
  grossMinor: number
  feeMinor: number
  netMinor: number
  currency: CurrencyCode
  /** From the gift's currency to the balance's, as Stripe writes it; null when nothing was exchanged. */
  exchangeRate: string | null
  feeParts: FeePart[]
  /** What the whole gift is for, whatever part of it moves here; empty without a gift. */
  funds: GiftPart[]
  occurredAt: Date
}

export type MovementProblem =
  | 'moves-nothing'
  | 'net-is-not-gross-less-fee'
  | 'fee-is-not-its-parts'
  | 'gift-without-amount'
  | 'amount-without-gift'
  | 'funds-are-not-the-gift'
  | 'other-amount-given'
  | 'no-rate'
  | 'wrong-direction'
  | 'undoes-nothing'

/** What cannot be right about a movement; an empty list when nothing is. */
export function checkMovement(movement: Movement): MovementProblem[] {
  const { kind, giftId, given, grossMinor, feeMinor, netMinor, currency, funds } = movement
  const problems: MovementProblem[] = []
  if (grossMinor === 0 && feeMinor === 0) problems.push('moves-nothing')
  if (netMinor !== grossMinor - feeMinor) problems.push('net-is-not-gross-less-fee')
  if (sumOf(movement.feeParts) !== feeMinor || movement.feeParts.some((part) => part.currency !== currency)) {
    problems.push('fee-is-not-its-parts')
  }
  if (giftId !== null && given === null) problems.push('gift-without-amount')
  if (giftId === null && (given !== null || funds.length > 0)) problems.push('amount-without-gift')
  if (given !== null) {
    const isWhole =
      kind === 'charge' ? sumOf(funds) === given.amountMinor : sumOf(funds) >= Math.abs(given.amountMinor)
    if (!isWhole || funds.some(({ amountMinor }) => amountMinor <= 0) || hasTwice(funds)) {
      problems.push('funds-are-not-the-gift')
    }
    if (given.currency === currency && given.amountMinor !== grossMinor) problems.push('other-amount-given')
    if (given.currency !== currency && movement.exchangeRate === null) problems.push('no-rate')
    if (Math.sign(given.amountMinor) !== Math.sign(grossMinor)) problems.push('wrong-direction')
  }
  const way = directionOf(kind)
  if (way !== null && Math.sign(grossMinor) === -way) problems.push('wrong-direction')
  if (giftId !== null && undoes(kind) !== (movement.undoesId !== null)) problems.push('undoes-nothing')
  return [...new Set(problems)]
}

/** True for the kinds that give again what another movement took. */
export function undoes(kind: MovementKind): boolean {
  return kind === 'refund_failure' || kind === 'dispute_reversal'
}

/** 1 for what comes in, -1 for what goes out; null for what may do either. */
function directionOf(kind: MovementKind): 1 | -1 | null {
  switch (kind) {
    case 'charge':
    case 'refund_failure':
    case 'dispute_reversal':
    case 'payout_failure':
      return 1
    case 'refund':
    case 'dispute':
    case 'payout':
      return -1
    case 'stripe_fee':
    case 'adjustment':
    case 'unknown':
      return null
    default:
      return assertNever(kind)
  }
}

function sumOf(parts: readonly { amountMinor: number }[]): number {
  return parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}

function hasTwice(funds: readonly GiftPart[]): boolean {
  return new Set(funds.map(({ partnerId }) => partnerId)).size !== funds.length
}
