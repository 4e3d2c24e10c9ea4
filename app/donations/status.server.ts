import type { Reader } from '#app/platform/db.server.ts'
import { invariant } from '#app/shared/invariant.ts'
import { isCurrencyCode, type CurrencyCode, type Money } from '#app/shared/money.ts'
import type { GiftState } from './gift.ts'
import { refundsNotArrived } from './gone-back.ts'
import { readMark, type Mark } from './sweep-mark.server.ts'

export type StripeEventState = 'waiting' | 'done' | 'parked' | 'noted'

export type DonationStatus = {
  gifts: { state: GiftState; count: number }[]
  waiting: number
  /** When the news that waits for longest came; null when none waits. */
  waitingSince: Date | null
  parked: number
  /** How far Stripe's lists have been read. */
  eventsMark: Mark
  balanceMark: Mark
  /** Refunds that did not arrive, and were not made again since: the gift's reference, and how much of the gift. */
  notArrived: { reference: string; amount: Money }[]
  /** What disputes took of our balance, and how much of it was given again. */
  disputed: { currency: CurrencyCode; times: number; takenMinor: number; againMinor: number }[]
}

/** How giving stands: what was given, and whether anything that Stripe told waits for us. */
export async function donationStatus(reader: Reader): Promise<DonationStatus> {
  const gifts = await reader.gift.groupBy({ by: ['state'], _count: true, orderBy: { state: 'asc' } })
  const waiting = await reader.stripeEvent.aggregate({
    where: { state: 'waiting' },
    _count: true,
    _min: { receivedAt: true },
  })
  return {
    gifts: gifts.map(({ state, _count: count }) => ({ state, count })),
    waiting: waiting._count,
    waitingSince: waiting._min.receivedAt,
    parked: await reader.stripeEvent.count({ where: { state: 'parked' } }),
    eventsMark: await readMark(reader, 'events'),
    balanceMark: await readMark(reader, 'balance-transactions'),
    notArrived: await notArrived(reader),
    disputed: await disputed(reader),
  }
}

async function notArrived(reader: Reader): Promise<DonationStatus['notArrived']> {
  const gifts = await reader.gift.findMany({
    where: { movements: { some: { kind: 'refund_failure' } } },
    orderBy: { receivedAt: 'asc' },
    include: { movements: { orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }] } },
  })
  return gifts.flatMap(({ reference, currency, movements }) =>
    refundsNotArrived(movements).map((amountMinor) => ({
      reference,
      amount: { amountMinor, currency: currencyOf(currency) },
    })),
  )
}

async function disputed(reader: Reader): Promise<DonationStatus['disputed']> {
  const rows = await reader.$queryRaw<{ currency: string; times: bigint; taken: bigint; again: bigint }[]>`
    select currency, count(*) filter (where kind = 'dispute') as times,
      -coalesce(sum(gross_minor) filter (where kind = 'dispute'), 0)::bigint as taken,
      coalesce(sum(gross_minor) filter (where kind = 'dispute_reversal'), 0)::bigint as again
    from movement where kind in ('dispute', 'dispute_reversal') group by currency order by currency`
  return rows.map(({ currency, times, taken, again }) => ({
    currency: currencyOf(currency),
    times: Number(times),
    takenMinor: Number(taken),
    againMinor: Number(again),
  }))
}

function currencyOf(code: string): CurrencyCode {
  invariant(isCurrencyCode(code), `${code} is not a currency that Stripe can charge`)
  return code
}
