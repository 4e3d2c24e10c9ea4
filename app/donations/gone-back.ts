import type { MovementKind } from './movement.ts'

/** What has gone back of a gift, in its own currency: given back by the charity, and taken back by the bank that paid it. */
export type GoneBack = { returnedMinor: number; disputedMinor: number }

type Moved = { kind: MovementKind; givenMinor: bigint | null }

/**
 * What has gone back of a gift of that amount, by its movements. What came again has not gone back; nor has what was more
 * than the gift, where it was paid twice.
 */
export function goneBackOf(amountMinor: number, movements: readonly Moved[]): GoneBack {
  const sumOf = (...kinds: MovementKind[]) =>
    movements
      .filter(({ kind }) => kinds.includes(kind))
      .reduce((sum, { givenMinor }) => sum + Number(givenMinor ?? 0n), 0)
  const tooMuch = Math.max(0, sumOf('charge') - amountMinor)
  return {
    returnedMinor: Math.max(0, -sumOf('refund', 'refund_failure') - tooMuch),
    disputedMinor: -sumOf('dispute', 'dispute_reversal'),
  }
}

/**
 * The refunds of a gift that did not arrive, by its movements in their order: how much each was. One that was made again
 * since, as much at once, counts no more.
 */
export function refundsNotArrived(movements: readonly Moved[]): number[] {
  const open: number[] = []
  for (const { kind, givenMinor } of movements) {
    const amount = Number(givenMinor ?? 0n)
    if (kind === 'refund_failure') open.push(amount)
    const madeAgain = kind === 'refund' ? open.indexOf(-amount) : -1
    if (madeAgain >= 0) open.splice(madeAgain, 1)
  }
  return open
}
