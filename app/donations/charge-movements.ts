import type { ChargeRead, DisputeRead, RefundRead } from '#app/platform/payments-reading.server.ts'
import type { BalanceLine } from '#app/platform/payments.server.ts'
import type { Money } from '#app/shared/money.ts'
import { movementFrom } from './balance-line.ts'
import { checkMovement, type GiftPart, type Movement, type MovementKind } from './movement.ts'

/** What is told of a gift's money: how much it is, and what for. */
export type Whole = { id: string; amount: Money; parts: GiftPart[] }

/** What a charge did to our balance: the gift's movements, and lines that cannot be booked as the gift's. */
export type Moved = { movements: Movement[]; strays: BalanceLine[] }

type Candidate = { line: BalanceLine; movement: Movement }

/** What is kept of balance transactions already, by their ids. */
export type Kept = ReadonlyMap<string, Pick<Movement, 'giftId' | 'given' | 'funds' | 'undoesId'>>

/**
 * The movements of a charge and of everything that went back of it. What is kept stays what it was said to be, because
 * nothing is ever booked twice: as nobody's, and what follows from it with it; or as of this gift, and of what the gift was
 * then. Its donor may have changed it since, after a debit that did not come.
 */
export function movementsOf(gift: Whole, charge: ChargeRead, kept: Kept): Moved {
  const before = charge.line ? kept.get(charge.line.id) : undefined
  const whole = before?.given ? { ...gift, amount: before.given, parts: before.funds } : gift
  const isOfGift = before ? before.giftId === gift.id : isOf(gift, charge)
  const candidates = [
    ...came(whole, charge),
    ...charge.refunds.flatMap((refund) => ofRefund(whole, refund)),
    ...charge.disputes.flatMap((dispute) => ofDispute(whole, dispute)),
  ]
  const moved: Moved = { movements: [], strays: [] }
  const booked = new Set<string>()
  for (const { line, movement: said } of candidates) {
    const known = kept.get(line.id)
    const movement = known?.giftId === gift.id ? { ...said, ...meaningOf(known) } : said
    const { id, undoesId } = movement
    const fits =
      isOfGift &&
      known?.giftId !== null &&
      checkMovement(movement).length === 0 &&
      (undoesId === null || booked.has(undoesId))
    if (!fits) moved.strays.push(line)
    else {
      moved.movements.push(movement)
      booked.add(id)
    }
  }
  return moved
}

function meaningOf({ given, funds, undoesId }: Pick<Movement, 'given' | 'funds' | 'undoesId'>) {
  return { given, funds, undoesId }
}

/** A charge is the gift when it is of its amount, in its currency. */
export function isOf(
  { amount }: Pick<Whole, 'amount'>,
  charge: { amountMinor: number; currency: string },
): boolean {
  return charge.amountMinor === amount.amountMinor && charge.currency === amount.currency
}

function came(gift: Whole, { line, failureLine }: ChargeRead): Candidate[] {
  return [
    ...(line ? [candidate(gift, line, 'charge', gift.amount.amountMinor)] : []),
    ...(failureLine ? [candidate(gift, failureLine, 'refund', -gift.amount.amountMinor)] : []),
  ]
}

function ofRefund(gift: Whole, { line, failureLine, amountMinor }: RefundRead): Candidate[] {
  if (!line) return []
  const gone = candidate(gift, line, 'refund', -amountMinor)
  if (!failureLine) return [gone]
  return [gone, candidate(gift, failureLine, 'refund_failure', amountMinor, line)]
}

/** A dispute may take more than once, and give again less than it took. */
function ofDispute(gift: Whole, dispute: DisputeRead): Candidate[] {
  const lines = dispute.lines.toSorted(asTheyHappened)
  const taken = lines.filter(({ grossMinor }) => grossMinor <= 0)
  const left = new Map(taken.map(({ id, grossMinor }) => [id, -grossMinor]))
  return lines.map((line) => {
    if (line.grossMinor <= 0) {
      const isAll = taken.length === 1
      return candidate(gift, line, 'dispute', isAll ? -dispute.amountMinor : exchanged(gift, line, line))
    }
    const undone = taken.find(({ id }) => (left.get(id) ?? 0) > 0) ?? taken[0]
    if (!undone) return candidate(gift, line, 'dispute_reversal', exchanged(gift, line, line))
    left.set(undone.id, (left.get(undone.id) ?? 0) - line.grossMinor)
    const isWhole = taken.length === 1 && line.grossMinor === -undone.grossMinor
    const given = isWhole ? dispute.amountMinor : exchanged(gift, line, undone)
    return candidate(gift, line, 'dispute_reversal', given, undone)
  })
}

/** Stripe tells the second; within one, what is taken comes before what is given again. */
function asTheyHappened(a: BalanceLine, b: BalanceLine): number {
  return (
    a.createdAt.getTime() - b.createdAt.getTime() || a.grossMinor - b.grossMinor || (a.id < b.id ? -1 : 1)
  )
}

/** A part of a disputed amount in the gift's currency, at the rate at which it was taken. */
function exchanged({ amount }: Whole, line: BalanceLine, takenAs: BalanceLine): number {
  if (line.currency === amount.currency) return line.grossMinor
  return Math.round(line.grossMinor / Number(takenAs.exchangeRate ?? line.exchangeRate ?? 1))
}

/** `givenMinor` counts where the balance keeps another currency; in the same one the balance transaction itself says it. */
function candidate(
  { id: giftId, amount, parts: funds }: Whole,
  line: BalanceLine,
  kind: MovementKind,
  givenMinor: number,
  undone?: BalanceLine,
): Candidate {
  const { currency } = amount
  const amountMinor = line.currency === currency ? line.grossMinor : givenMinor
  const movement = {
    ...movementFrom(line, kind),
    giftId,
    funds,
    given: { amountMinor, currency },
    undoesId: undone?.id ?? null,
    exchangeRate: line.exchangeRate ?? undone?.exchangeRate ?? null,
  }
  return { line, movement }
}
