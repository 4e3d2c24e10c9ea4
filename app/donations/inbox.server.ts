import { clock } from '#app/platform/clock.server.ts'
import type { Tx } from '#app/platform/db.server.ts'
import type { PaymentNews } from '#app/platform/payments-news.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'

/**
 * Keeps news of Stripe's under its own id, once however often it comes, and leaves the rest to the worker: Stripe is
 * answered as soon as this is committed. False when it was known already.
 */
export async function keepNews(tx: Tx, news: PaymentNews, heardBy: 'webhook' | 'sweep'): Promise<boolean> {
  const { count } = await tx.stripeEvent.createMany({
    data: [{ ...news, heardBy, receivedAt: clock.now() }],
    skipDuplicates: true,
  })
  if (count > 0) await askToHear(tx, news.id)
  return count > 0
}

/** Asks a worker to look into a piece of news. One that is looked into already waits for its turn. */
export async function askToHear(tx: Tx, eventId: string): Promise<void> {
  await enqueue(tx, 'donations.hear', { eventId }, { key: `donations.hear ${eventId}` })
}

/** Asks a worker to read a gift from Stripe. */
export async function askToConverge(tx: Tx, giftId: string): Promise<void> {
  await enqueue(tx, 'donations.converge', { giftId }, { key: `donations.converge ${giftId}` })
}

/** Nothing is left to do about these. Those that were settled before stay as they are. */
export async function settle(tx: Tx, eventIds: readonly string[], state: 'done' | 'noted'): Promise<void> {
  await tx.stripeEvent.updateMany({
    where: { id: { in: [...eventIds] }, state: 'waiting' },
    data: { state, settledAt: clock.now() },
  })
}

/** A person is to look at these, and is told why in words without anybody's name. */
export async function park(tx: Tx, eventIds: readonly string[], reason: string): Promise<void> {
  await tx.stripeEvent.updateMany({
    where: { id: { in: [...eventIds] }, state: 'waiting' },
    data: { state: 'parked', reason, settledAt: clock.now() },
  })
}
