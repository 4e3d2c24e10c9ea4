import { db, inTransaction } from '#app/platform/db.server.ts'
import { leave } from './subscriptions.server.ts'

/** As many at a time as a job does in a moment; the next run does the rest. */
const AT_ONCE = 1_000

/**
 * Ends the updates of everyone who has reported a message of ours as unwanted, whichever message it was: that takes
 * their consent back. Mail, which hears of it, writes to them no more from that moment on, and knows nothing of
 * updates; so updates look. Returns how many were ended.
 */
export async function hearComplaints(): Promise<number> {
  const complained = await db.$queryRaw<{ id: string }[]>`
    select subscription.id from subscription
    join supporter on supporter.id = subscription.supporter_id
    join suppression using (address_hash)
    where subscription.state in ('asked', 'confirmed') and suppression.reason = 'complained'
    order by subscription.id limit ${AT_ONCE}`
  for (const { id } of complained) await inTransaction((tx) => leave(tx, id, 'complaint'))
  return complained.length
}
