import { randomUUID } from 'node:crypto'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { contentChanged } from '#app/platform/page-cache.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'

/** Somebody who asked for updates and confirmed it, as the database knows them. */
export type Subscriber = {
  address: string
  addressHash: string
  supporterId: string
  subscriptionId: string
  consentId: string
}

/** Puts people into the database who have confirmed, by now or by `at`, that they want updates. */
export async function confirmSubscribers(addresses: string[], at: Date = clock.now()): Promise<Subscriber[]> {
  const wording = await db.wording.upsert({
    where: { purpose_version: { purpose: 'updates', version: 1 } },
    create: { purpose: 'updates', version: 1, text: 'Send me updates.', firstShownAt: at },
    update: {},
  })
  const people = addresses.map((address) => ({
    address,
    addressHash: addressHash(address),
    supporterId: randomUUID(),
    subscriptionId: randomUUID(),
    consentId: randomUUID(),
  }))
  await db.supporter.createMany({
    data: people.map((one) => ({
      id: one.supporterId,
      address: one.address,
      addressHash: one.addressHash,
      createdAt: at,
    })),
  })
  await db.consent.createMany({
    data: people.map(({ consentId, supporterId }) => ({
      ...{ id: consentId, supporterId, wordingId: wording.id, given: '/updates' },
      ...{ givenAt: at, confirmedAt: at },
    })),
  })
  await db.subscription.createMany({
    data: people.map(({ subscriptionId, supporterId, consentId }) => ({
      ...{ id: subscriptionId, supporterId, consentId, topic: 'all' },
      ...{ state: 'confirmed' as const, createdAt: at, stateAt: at },
    })),
  })
  return people
}

/** Addresses that can never be anybody's: "n0@example.org", "n1@example.org" … */
export function addresses(howMany: number, name = 'n'): string[] {
  return Array.from({ length: howMany }, (_, nth) => `${name}${nth}@example.org`)
}

/** Makes it as if no update had ever been sent, and nobody had ever asked for one. */
export async function forgetUpdates(): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.$executeRaw`
      truncate delivery, update, message, mail_attempt, mail_call, suppression, subscription, consent, wording, supporter
      cascade`
    await contentChanged(tx)
  })
}
