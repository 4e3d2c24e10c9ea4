import { suppress, type SuppressionReason } from '#app/mail/suppressions.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { inTransaction } from '#app/platform/db.server.ts'
import { startUpdate } from '#app/updates/send-update.server.ts'
import { leave as leaveUpdates } from '#app/updates/subscriptions.server.ts'
import { chance, shuffled } from '../sandbox/parts/chance.ts'
import { addresses, confirmSubscribers, type Subscriber } from '../support/subscribers.ts'

/**
 * One in a hundred is not to be mailed, for one of these reasons. Whoever complained is none of them: the worker ends
 * their subscription by itself, so chance would decide whether they are still in the audience when it is counted.
 */
const reasons: SuppressionReason[] = ['bounced', 'erased', 'staff']

/** Fills the house with people who confirmed that they want updates; a few have since been suppressed. */
export async function gatherPeople(recipients: number, seed: number): Promise<Subscriber[]> {
  const names = addresses(recipients, 'person-')
  const people: Subscriber[] = []
  for (let from = 0; from < names.length; from += 1000) {
    people.push(...(await confirmSubscribers(names.slice(from, from + 1000))))
  }
  const kept = shuffled(people, `suppressed ${seed}`).slice(0, Math.ceil(recipients / 100))
  await inTransaction(async (tx) => {
    for (const [nth, { addressHash }] of kept.entries()) {
      await suppress(tx, addressHash, 'all', reasons[nth % reasons.length] ?? 'staff')
    }
  })
  return people
}

/** Starts an update to all of them, about as long as such a mail is. */
export async function startSending(seed: number): Promise<void> {
  const paragraph = (nth: number) =>
    `Paragraph ${nth} of this letter, with [a link](https://example.org/${nth}/${chance(seed, nth)}) and *some* words.`
  const started = await inTransaction((tx) =>
    startUpdate(tx, {
      slug: 'a-drill',
      subject: 'A drill',
      preview: 'How mail fares when everything goes wrong',
      markdown: Array.from({ length: 20 }, (_, nth) => paragraph(nth)).join('\n\n'),
    }),
  )
  if (started.outcome !== 'started') throw new Error(`The update was not started: ${started.outcome}`)
}

/** The person ends it, as a mail program's button does. Returns when that was kept. */
export async function leave({ subscriptionId }: Subscriber): Promise<Date> {
  await inTransaction((tx) => leaveUpdates(tx, subscriptionId, 'one-click'))
  return clock.now()
}
