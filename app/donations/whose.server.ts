import { randomUUID } from 'node:crypto'
import { db, inTransaction, type Tx } from '#app/platform/db.server.ts'
import { locate, type Located } from '#app/platform/payments-reading.server.ts'
import { assertNever } from '#app/shared/invariant.ts'
import { isUuid } from '#app/shared/uuid.ts'

/** The gift that an object of Stripe's is about; or that it is none of ours, and why, in words for a person. */
export type Whose =
  { outcome: 'gift'; giftId: string } | { outcome: 'nobody'; reason: string } | { outcome: 'no-payment' }

/**
 * Finds the gift that an object of Stripe's is about. A payment page of a gift that no attempt of it knows yet, because
 * the answer to its request never came, is written down with it.
 */
export async function whoseIs(objectId: string): Promise<Whose> {
  const known = await db.checkoutAttempt.findFirst({
    where: { OR: [{ sessionId: objectId }, { paymentId: objectId }] },
    select: { giftId: true },
  })
  if (known) return { outcome: 'gift', giftId: known.giftId }

  const located = await locate(objectId)
  switch (located.outcome) {
    case 'gone':
      return {
        outcome: 'nobody',
        reason: `Stripe has no ${objectId}: it was deleted, or the key is of another account`,
      }
    case 'no-page':
      return { outcome: 'nobody', reason: `${objectId} was paid on no payment page of ours` }
    case 'no-payment':
      return { outcome: 'no-payment' }
    case 'page': {
      const { giftId, pageId } = located
      if (giftId === null)
        return { outcome: 'nobody', reason: `${pageId} was made by somebody else, for no gift` }
      if (await inTransaction((tx) => adopt(tx, giftId, located))) return { outcome: 'gift', giftId }
      return { outcome: 'nobody', reason: `${pageId} is for gift ${shown(giftId)}, which we do not have` }
    }
    default:
      return assertNever(located)
  }
}

type Page = Extract<Located, { outcome: 'page' }>

/** Writes a page down with the attempt that asked for it. False when there is no such gift. */
async function adopt(tx: Tx, giftId: string, page: Page): Promise<boolean> {
  if (!isUuid(giftId) || (await tx.gift.count({ where: { id: giftId } })) === 0) return false
  const { pageId: sessionId, paymentId, createdAt, expiresAt } = page
  const attemptId = page.attemptId !== null && isUuid(page.attemptId) ? page.attemptId : null
  if (attemptId !== null) {
    await tx.checkoutAttempt.updateMany({
      where: { id: attemptId, giftId, sessionId: null },
      data: { sessionId, paymentId },
    })
  }
  await tx.checkoutAttempt.updateMany({ where: { sessionId, paymentId: null }, data: { paymentId } })
  if ((await tx.checkoutAttempt.count({ where: { sessionId } })) > 0) return true
  // An older database was put back, and knows nothing of the attempt. Nobody is sent to its page by us any more.
  const isFree = attemptId !== null && (await tx.checkoutAttempt.count({ where: { id: attemptId } })) === 0
  const id = isFree ? attemptId : randomUUID()
  const row = { id, giftId, state: 'closed', sessionId, paymentId, createdAt, expiresAt } as const
  await tx.checkoutAttempt.createMany({ data: [row], skipDuplicates: true })
  return true
}

/** What a stranger wrote into metadata is not shown. */
function shown(giftId: string): string {
  return isUuid(giftId) ? giftId : '(no id of ours)'
}
