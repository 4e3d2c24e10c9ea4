import type { Reader } from '#app/platform/db.server.ts'
import type { GiftState } from './gift.ts'
import { readMark } from './sweep-mark.server.ts'

export type StripeEventState = 'waiting' | 'done' | 'parked' | 'noted'

export type DonationStatus = {
  gifts: { state: GiftState; count: number }[]
  waiting: number
  /** When the news that waits for longest came; null when none waits. */
  waitingSince: Date | null
  parked: number
  /** How far Stripe's lists have been read; null when they never were. */
  eventsThrough: Date | null
  balanceThrough: Date | null
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
    eventsThrough: await readMark(reader, 'events'),
    balanceThrough: await readMark(reader, 'balance-transactions'),
  }
}
