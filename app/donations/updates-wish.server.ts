import type { Tx } from '#app/platform/db.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { recordConsent } from '#app/supporters/consents.server.ts'
import { findOrAddSupporter } from '#app/supporters/supporters.server.ts'

/**
 * A donor who ticked that they want updates has given: now it is on record in which words, and they are asked by mail, as
 * everybody is. Call it in the transaction that makes the gift given. A gift that fails and is given again asks no second
 * time.
 */
export async function askForUpdates(tx: Tx, giftId: string): Promise<void> {
  const { email, updatesWording: wording } = await tx.gift.findUniqueOrThrow({
    where: { id: giftId },
    select: { email: true, updatesWording: true },
  })
  if (email === null || wording === null) return
  const timesGiven = await tx.giftMove.count({
    where: { giftId, from: { notIn: ['processing'] }, to: { in: ['processing', 'received'] } },
  })
  if (timesGiven > 1) return
  const supporterId = await findOrAddSupporter(tx, email)
  const consentId = await recordConsent(tx, supporterId, { purpose: 'updates', wording, given: '/donate' })
  await enqueue(tx, 'updates.answer-request', { consentId })
}
