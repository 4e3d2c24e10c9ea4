import type { GiftPart, Movement } from '#app/donations/movement.ts'
import type { CurrencyCode } from '#app/shared/money.ts'

let count = 0

/** When the first gift of a test came in. */
const morning = Date.UTC(2026, 0, 31, 9)

type Story = Partial<Movement> & { giftId: string | null }

/** A movement as Stripe would state it: one after another, without a fee unless the story has one. */
function movement(kind: Movement['kind'], grossMinor: number, story: Story): Movement {
  const { feeMinor = 0, currency = 'GBP' } = story
  const at = ++count
  return {
    id: `txn_${at}`,
    kind,
    undoesId: null,
    given: story.giftId === null ? null : { amountMinor: grossMinor, currency },
    grossMinor,
    feeMinor,
    netMinor: grossMinor - feeMinor,
    currency,
    exchangeRate: null,
    feeParts: feeMinor === 0 ? [] : [{ kind: 'stripe_fee', amountMinor: feeMinor, currency }],
    funds: [],
    occurredAt: new Date(morning + at * 1000),
    ...story,
  }
}

/** A gift that came in, over what it is for. */
export function charge(giftId: string, funds: GiftPart[], story: Partial<Movement> = {}): Movement {
  return movement('charge', totalOf(funds), { giftId, funds, ...story })
}

/** A part of a gift that goes back: by the charity, or by the donor's bank. */
export function goesBack(
  kind: 'refund' | 'dispute',
  of: Movement,
  amountMinor: number,
  story: Partial<Movement> = {},
): Movement {
  const { giftId, funds, currency } = of
  return movement(kind, -amountMinor, { giftId, funds, currency, ...story })
}

/** What had gone back and comes again. */
export function comesAgain(of: Movement, story: Partial<Movement> = {}): Movement {
  const { giftId, funds, currency } = of
  const kind = of.kind === 'refund' ? 'refund_failure' : 'dispute_reversal'
  const amount = story.given?.amountMinor ?? -(of.given?.amountMinor ?? of.grossMinor)
  return movement(kind, amount, { giftId, funds, currency, undoesId: of.id, ...story })
}

/** Something at Stripe that no gift caused. */
export function ofNoGift(
  kind: Movement['kind'],
  grossMinor: number,
  currency: CurrencyCode = 'GBP',
): Movement {
  return movement(kind, grossMinor, { giftId: null, currency })
}

export function totalOf(parts: readonly { amountMinor: number }[]): number {
  return parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}
