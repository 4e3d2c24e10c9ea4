import { clock } from '#app/platform/clock.server.ts'
import type { Reader, Tx } from '#app/platform/db.server.ts'
import type { StripeEventState } from './status.server.ts'

/** A piece of news that a person is to look at. */
export type Parked = {
  id: string
  type: string
  objectId: string
  giftId: string | null
  occurredAt: Date
  /** Why, in words. */
  reason: string
}

/** All that is parked, the oldest first. */
export async function listParked(reader: Reader): Promise<Parked[]> {
  const events = await reader.stripeEvent.findMany({
    where: { state: 'parked' },
    orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }],
  })
  return events.map(({ id, type, objectId, giftId, occurredAt, reason }) => ({
    ...{ id, type, objectId, giftId, occurredAt },
    reason: reason ?? '',
  }))
}

export type Settling =
  { outcome: 'settled' } | { outcome: 'unknown' } | { outcome: 'not-parked'; state: StripeEventState }

/** A person has dealt with a parked piece of news, and says what they found. It moves nothing. */
export async function settleByPerson(tx: Tx, id: string, settlement: string): Promise<Settling> {
  const { count } = await tx.stripeEvent.updateMany({
    where: { id, state: 'parked' },
    data: { state: 'done', settlement, settledAt: clock.now() },
  })
  if (count > 0) return { outcome: 'settled' }
  const event = await tx.stripeEvent.findUnique({ where: { id }, select: { state: true } })
  return event ? { outcome: 'not-parked', state: event.state } : { outcome: 'unknown' }
}
