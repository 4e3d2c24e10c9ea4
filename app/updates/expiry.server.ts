import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { forgetIfNothingHangs, holdSupporter } from '#app/supporters/supporters.server.ts'
import { CONFIRM_WITHIN_HOURS } from './subscription.ts'

/** As many at a time as a job does in a moment; the next run does the rest. */
const AT_ONCE = 1_000

/**
 * Ends requests that nobody confirmed in time, and forgets people of whom nothing else is known: whoever never said yes
 * is not kept. Returns how many were ended and how many forgotten.
 */
export async function expireRequests(): Promise<{ expired: number; forgotten: number }> {
  const before = new Date(clock.now().getTime() - CONFIRM_WITHIN_HOURS * 3_600_000)
  const { count: expired } = await db.subscription.updateMany({
    where: { state: 'asked', stateAt: { lte: before } },
    data: { state: 'expired', stateAt: clock.now() },
  })
  const neverSaidYes = {
    consents: { none: { OR: [{ confirmedAt: { not: null } }, { givenAt: { gt: before } }] } },
    subscriptions: { none: { state: { in: ['asked' as const, 'confirmed' as const] } } },
  }
  const people = await db.supporter.findMany({
    where: { ...neverSaidYes, createdAt: { lte: before } },
    select: { id: true },
    take: AT_ONCE,
  })
  let forgotten = 0
  for (const { id } of people) {
    await inTransaction(async (tx) => {
      await holdSupporter(tx, id)
      // Looked at again now that they are held: they may just have asked once more.
      const person = await tx.supporter.findFirst({
        where: { id, ...neverSaidYes },
        include: { subscriptions: true },
      })
      if (!person) return
      for (const subscription of person.subscriptions) {
        await tx.subscription.delete({ where: { id: subscription.id } })
        // What was mailed to confirm says for a while yet that it has expired.
        await tx.privateLink.deleteMany({
          where: { about: `subscription:${subscription.id}`, purpose: { not: 'confirm-subscription' } },
        })
      }
      await tx.consent.deleteMany({ where: { supporterId: id, wording: { purpose: 'updates' } } })
      await forgetIfNothingHangs(tx, id)
      forgotten += 1
    })
  }
  return { expired, forgotten }
}
