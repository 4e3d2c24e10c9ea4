import { inTransaction } from '#app/platform/db.server.ts'
import { queueBatch } from '#app/mail/outbox.server.ts'
import type { Person } from './audience.ts'

/** Sends one update to everybody. */
export async function send(people: Person[]): Promise<void> {
  for (let from = 0; from < people.length; from += 100) {
    await inTransaction((tx) =>
      queueBatch(
        tx,
        { kind: 'updates.update', about: 'update:1', lane: 'updates', scope: 'marketing' },
        people.slice(from, from + 100).map(({ address }) => ({
          from: 'updates@charity.example',
          to: address,
          subject: 'News',
          html: `<p>${'News. '.repeat(1000)}</p>`,
          text: 'News. '.repeat(300),
        })),
      ),
    )
  }
}
