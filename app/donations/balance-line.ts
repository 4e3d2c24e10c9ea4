import type { BalanceLine } from '#app/platform/payments.server.ts'
import { invariant } from '#app/shared/invariant.ts'
import { isCurrencyCode, type CurrencyCode } from '#app/shared/money.ts'
import { checkMovement, type Movement, type MovementKind } from './movement.ts'

/** Stripe's types of balance transactions (docs.stripe.com/reports/balance-transaction-types) that we have a word for. */
const kinds: Record<string, MovementKind> = {
  charge: 'charge',
  payment: 'charge',
  refund: 'refund',
  payment_refund: 'refund',
  payment_failure_refund: 'refund',
  payment_reversal: 'refund',
  refund_failure: 'refund_failure',
  payout: 'payout',
  payout_failure: 'payout_failure',
  payout_cancel: 'payout_failure',
  stripe_fee: 'stripe_fee',
  stripe_fx_fee: 'stripe_fee',
  tax_fee: 'stripe_fee',
}

/** What an adjustment adjusts, by its category in Stripe's reports. */
const adjustments: Record<string, MovementKind> = {
  dispute: 'dispute',
  dispute_reversal: 'dispute_reversal',
  fee: 'stripe_fee',
}

/** What a balance transaction is to us, by Stripe's word for it alone. */
export function kindOf({ type, category }: Pick<BalanceLine, 'type' | 'category'>): MovementKind {
  if (type === 'adjustment') return adjustments[category] ?? 'adjustment'
  return kinds[type] ?? 'unknown'
}

/** A balance transaction as a movement of that kind, of no gift. */
export function movementFrom(line: BalanceLine, kind: MovementKind): Movement {
  return {
    id: line.id,
    kind,
    giftId: null,
    undoesId: null,
    given: null,
    grossMinor: line.grossMinor,
    feeMinor: line.feeMinor,
    netMinor: line.netMinor,
    currency: currencyOf(line.currency),
    exchangeRate: line.exchangeRate,
    feeParts: line.feeParts.map((part) => ({ ...part, currency: currencyOf(part.currency) })),
    funds: [],
    occurredAt: line.createdAt,
  }
}

/**
 * A balance transaction that is no gift's; null when it moves nothing. One that goes the other way than its kind says is
 * something that we have no word for.
 */
export function ofNoGift(line: BalanceLine): Movement | null {
  if (line.grossMinor === 0 && line.feeMinor === 0) return null
  const movement = movementFrom(line, kindOf(line))
  return checkMovement(movement).includes('wrong-direction') ? { ...movement, kind: 'unknown' } : movement
}

function currencyOf(code: string): CurrencyCode {
  invariant(isCurrencyCode(code), `${code} is not a currency that Stripe can charge`)
  return code
}
