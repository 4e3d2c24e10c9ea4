import { addressHash } from '#app/platform/tokens.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { suppress, type SuppressionReason } from '#app/mail/suppressions.server.ts'
import { shuffled } from '../sandbox/resend/chance.ts'

/** Somebody who gets updates. */
export type Person = { address: string; hash: string; supporterId: string; subscriptionId: string }

/** One in a hundred is not to be mailed, for one of these reasons. */
const kept: SuppressionReason[] = ['bounced', 'complained', 'erased', 'staff']

/** Fills the house with people who confirmed that they want updates; one in a hundred has since been suppressed. */
export async function gatherPeople(recipients: number, seed: number): Promise<Person[]> {
  const at = clock.now()
  const wording = await db.wording.create({
    data: { purpose: 'drill', version: 1, text: 'Send me updates.', firstShownAt: at },
  })
  const people: Person[] = []
  for (let from = 1; from <= recipients; from += 1000) {
    const addresses = Array.from(
      { length: Math.min(1000, recipients - from + 1) },
      (_, nth) => `person-${from + nth}@example.org`,
    )
    people.push(...(await subscribe(addresses, wording.id, at)))
  }
  await inTransaction(async (tx) => {
    const unlucky = shuffled(people, `suppressed ${seed}`).slice(0, Math.ceil(recipients / 100))
    for (const [nth, { hash }] of unlucky.entries()) {
      await suppress(tx, hash, 'all', kept[nth % kept.length] ?? 'staff')
    }
  })
  return people
}

async function subscribe(addresses: string[], wordingId: string, at: Date): Promise<Person[]> {
  const supporters = await db.supporter.createManyAndReturn({
    data: addresses.map((address) => ({ address, addressHash: addressHash(address), createdAt: at })),
  })
  const consents = await db.consent.createManyAndReturn({
    data: supporters.map(({ id }) => ({
      supporterId: id,
      wordingId,
      given: '/updates',
      givenAt: at,
      confirmedAt: at,
    })),
  })
  const subscriptions = await db.subscription.createManyAndReturn({
    data: consents.map(({ id, supporterId }) => ({
      supporterId,
      consentId: id,
      topic: 'all',
      state: 'confirmed' as const,
      createdAt: at,
      stateAt: at,
    })),
  })
  const subscriptionOf = new Map(subscriptions.map(({ id, supporterId }) => [supporterId, id]))
  return supporters.map(({ id, address, addressHash: hash }) => ({
    address: address ?? '',
    hash,
    supporterId: id,
    subscriptionId: subscriptionOf.get(id) ?? '',
  }))
}

/** The person ends it. Returns when that was kept, by the product's clock. */
export async function leave(person: Person): Promise<Date> {
  await inTransaction((tx) => suppress(tx, person.hash, 'marketing', 'unsubscribed'))
  return clock.now()
}
