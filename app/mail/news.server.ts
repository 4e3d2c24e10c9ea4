import { clock } from '#app/platform/clock.server.ts'
import { inTransaction, type Tx } from '#app/platform/db.server.ts'
import type { News } from '#app/platform/post-news.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { foldEvent } from './events.server.ts'

/**
 * Keeps news of the provider's under its own id, once however often it comes, and leaves the rest to the worker: the
 * provider is answered as soon as this is committed.
 */
export async function keepNews(news: News): Promise<void> {
  await inTransaction(async (tx) => {
    if (await keepEvidence(tx, news)) await enqueue(tx, 'mail.fold-news', { eventId: news.id })
  })
}

/** Keeps a piece of evidence under its id. False when it was known already. */
export async function keepEvidence(tx: Tx, news: News): Promise<boolean> {
  const { count } = await tx.mailEvent.createMany({
    data: {
      id: news.id,
      type: news.type,
      providerId: news.providerId ?? null,
      messageId: news.messageId ?? null,
      occurredAt: news.occurredAt,
      receivedAt: clock.now(),
      detail: news.detail ?? null,
    },
    skipDuplicates: true,
  })
  return count > 0
}

/** Brings one piece of news into the state of the message that it is about. */
export async function foldNews(eventId: string): Promise<void> {
  await inTransaction(async (tx) => {
    const event = await tx.mailEvent.findUnique({ where: { id: eventId } })
    if (event) await foldEvent(tx, event)
  })
}
