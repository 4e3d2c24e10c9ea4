import type { Entry } from './entries.ts'
import type { StandIn } from './stand-in.ts'

/** Brings back what was kept, and goes on where the last process ended: mail arrives, news is told. */
export function recall(standIn: StandIn, entries: Entry[]): void {
  const { emails, inbox, keys, suppressions, webhooks } = standIn
  for (const entry of entries) {
    switch (entry.kind) {
      case 'taken':
        for (const email of entry.emails) emails.recall(email)
        if (entry.key) keys.recall(entry.key)
        break
      case 'event':
        emails.recallEvent(entry.delivery)
        webhooks.recall(entry.delivery)
        break
      case 'told':
        webhooks.recallState(entry.id, entry.state)
        break
      case 'suppressed':
        suppressions.recall(entry.suppression)
        break
      case 'released':
        suppressions.remove(entry.id)
        break
      case 'received':
        inbox.recall(entry.email)
        break
    }
  }
  emails.goOn()
  webhooks.goOn()
}

/**
 * What is still of use of all that is known. Events come before their messages: a message remembers its last event
 * itself, and an old one that is still to be told must not be taken for it.
 */
export function worthKeeping({ emails, inbox, keys, suppressions, webhooks }: StandIn): Entry[] {
  return [
    ...webhooks.untold.map((delivery): Entry => ({ kind: 'event', delivery })),
    ...emails.withWords.map((email): Entry => ({ kind: 'taken', emails: [email], key: null })),
    ...keys.remembered.map((key): Entry => ({ kind: 'taken', emails: [], key })),
    ...suppressions.newestFirst
      .toReversed()
      .map((suppression): Entry => ({ kind: 'suppressed', suppression })),
    ...inbox.newestFirst.toReversed().map((email): Entry => ({ kind: 'received', email })),
  ]
}
