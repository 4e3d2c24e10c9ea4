import { db, inTransaction, type Tx } from '#app/platform/db.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { assertNever } from '#app/shared/invariant.ts'
import { readBalance } from './balance.server.ts'
import { concernOf } from './heard.ts'
import { askToConverge, park, settle } from './inbox.server.ts'
import { whoseIs } from './whose.server.ts'

/**
 * Finds out what a piece of news is about. Of a gift: it is marked with the gift, which is then read whole from Stripe.
 * Of nothing that we know: it is parked, and a person looks. What it says is never believed.
 */
export async function hear(eventId: string): Promise<void> {
  const event = await db.stripeEvent.findUnique({ where: { id: eventId } })
  if (event?.state !== 'waiting') return
  const concern = concernOf(event.type)
  switch (concern) {
    case 'gift':
      return hearOfGift(eventId, event.objectId)
    case 'balance':
      await readBalance()
      return inTransaction((tx) => settle(tx, [eventId], 'done'))
    case 'nobody':
      return inTransaction((tx) => settle(tx, [eventId], 'noted'))
    case 'unknown':
      return inTransaction((tx) => park(tx, [eventId], `We have no word for news of the type ${event.type}`))
    default:
      return assertNever(concern)
  }
}

async function hearOfGift(eventId: string, objectId: string): Promise<void> {
  const whose = await whoseIs(objectId)
  await inTransaction(async (tx) => {
    switch (whose.outcome) {
      case 'gift':
        await tx.stripeEvent.updateMany({
          where: { id: eventId, state: 'waiting' },
          data: { giftId: whose.giftId },
        })
        return askToConverge(tx, whose.giftId)
      case 'nobody':
        return parkWithItsMoney(tx, eventId, whose.reason)
      case 'no-payment':
        return parkWithItsMoney(tx, eventId, `${objectId} is no payment that we have a word for`)
      default:
        return assertNever(whose)
    }
  })
}

/** Money that is none of ours has still come or gone: it is read into the books, where it waits in suspense. */
async function parkWithItsMoney(tx: Tx, eventId: string, reason: string): Promise<void> {
  await park(tx, [eventId], reason)
  await enqueue(tx, 'donations.read-balance', {}, { key: 'donations.read-balance' })
}
