import type {
  ChargeRead,
  DisputeRead,
  PageRead,
  PaymentRead,
  RefundRead,
} from '#app/platform/payments-reading.server.ts'
import type { BalanceLine } from '#app/platform/payments.server.ts'

let count = 0
const next = () => ++count
const morning = Date.UTC(2026, 0, 31, 9)
const minuteOf = (at: number) => new Date(morning + at * 60_000)

/** What Stripe has, as it is read, unless a story says otherwise: of £25, paid by card, fee known. */
export function page(story: Partial<PageRead> = {}, charges: ChargeRead[] = [charge()]): PageRead {
  const at = next()
  return {
    id: `cs_${at}`,
    state: 'complete',
    url: null,
    amountMinor: 2500,
    currency: 'GBP',
    createdAt: minuteOf(at),
    payment: payment({}, charges),
    ...story,
  }
}

export function payment(story: Partial<PaymentRead> = {}, charges: ChargeRead[] = [charge()]): PaymentRead {
  return { id: `pi_${next()}`, charges, ...story }
}

export function charge(story: Partial<ChargeRead> = {}): ChargeRead {
  const at = next()
  const amountMinor = story.amountMinor ?? 2500
  return {
    id: `ch_${at}`,
    state: 'succeeded',
    amountMinor,
    currency: 'GBP',
    paidAt: minuteOf(at),
    line: line('charge', amountMinor, { feeMinor: 58 }),
    failureLine: null,
    refunds: [],
    disputes: [],
    ...story,
  }
}

export function declined(): ChargeRead {
  return charge({ state: 'failed', paidAt: null, line: null })
}

export function refund(amountMinor: number, story: Partial<RefundRead> = {}): RefundRead {
  return {
    id: `re_${next()}`,
    state: 'succeeded',
    amountMinor,
    line: line('refund', -amountMinor),
    failureLine: null,
    ...story,
  }
}

export function dispute(amountMinor: number, lines: BalanceLine[]): DisputeRead {
  return { id: `du_${next()}`, amountMinor, lines }
}

/** A balance transaction in pounds. */
export function line(type: string, grossMinor: number, story: Partial<BalanceLine> = {}): BalanceLine {
  const at = next()
  const feeMinor = story.feeMinor ?? 0
  return {
    id: `txn_${at}`,
    type,
    category: type,
    sourceId: null,
    grossMinor,
    feeMinor,
    netMinor: grossMinor - feeMinor,
    currency: 'GBP',
    exchangeRate: null,
    feeParts: feeMinor === 0 ? [] : [{ kind: 'stripe_fee', amountMinor: feeMinor, currency: 'GBP' }],
    createdAt: minuteOf(at),
    ...story,
  }
}

/** What a dispute takes, with Stripe's fee, or gives again. */
export function disputed(grossMinor: number, story: Partial<BalanceLine> = {}): BalanceLine {
  const category = grossMinor < 0 ? 'dispute' : 'dispute_reversal'
  return line('adjustment', grossMinor, { category, ...(grossMinor < 0 ? { feeMinor: 2000 } : {}), ...story })
}
