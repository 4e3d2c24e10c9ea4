import { suppressed } from '#app/mail/suppressions.server.ts'
import type { Reader } from '#app/platform/db.server.ts'
import type { Recipient } from './edition.server.ts'
import { EVERYTHING } from './subscription.ts'

/** One of those who asked for updates before this one was started, and what becomes of it. */
export type Listener = {
  subscriptionId: string
  addressHash: string
  /** The lawful basis: the consent that the subscription rests on. */
  consentId: string
  fate: { send: Recipient } | { skip: string }
}

/**
 * The next of those who asked for updates and confirmed it by `startedAt`, in the order of their subscriptions, after
 * the subscription `after`. Whoever has left since is among them, to be skipped; whoever came later is not.
 */
export async function nextListeners(
  reader: Reader,
  startedAt: Date,
  after: string | null,
  most: number,
): Promise<Listener[]> {
  const rows = await reader.subscription.findMany({
    where: {
      topic: EVERYTHING,
      ...(after === null ? {} : { id: { gt: after } }),
      OR: [
        { state: 'confirmed', stateAt: { lte: startedAt } },
        { state: 'left', stateAt: { gt: startedAt }, consent: { confirmedAt: { lte: startedAt } } },
      ],
    },
    orderBy: { id: 'asc' },
    take: most,
    select: {
      id: true,
      state: true,
      supporter: { select: { id: true, address: true, addressHash: true } },
      consent: { select: { id: true, confirmedAt: true, withdrawnAt: true } },
    },
  })
  const hashes = rows.map(({ supporter }) => supporter.addressHash)
  const reasons = await suppressed(reader, hashes, 'marketing')
  return rows.map(({ id: subscriptionId, state, supporter, consent }) => {
    const { address, addressHash } = supporter
    const stands = consent.confirmedAt !== null && consent.withdrawnAt === null
    const skip =
      reasons.get(addressHash) ?? (state === 'left' ? 'unsubscribed' : stands ? undefined : 'no consent')
    return {
      subscriptionId,
      addressHash,
      consentId: consent.id,
      fate:
        skip === undefined && address !== null
          ? { send: { address, supporterId: supporter.id, subscriptionId } }
          : { skip: skip ?? 'erased' },
    }
  })
}

/** How many there are, and how many of them would be skipped now, by the reason. */
export type Audience = { size: number; skipped: Map<string, number> }

/** Counts those to whom an update would go that is started at this moment, as preparing it would. */
export async function countAudience(reader: Reader, at: Date): Promise<Audience> {
  const audience: Audience = { size: 0, skipped: new Map() }
  for (let after: string | null = null; ;) {
    const listeners = await nextListeners(reader, at, after, 1000)
    audience.size += listeners.length
    for (const { fate } of listeners) {
      if ('skip' in fate) audience.skipped.set(fate.skip, (audience.skipped.get(fate.skip) ?? 0) + 1)
    }
    const last = listeners.at(-1)
    if (!last) return audience
    after = last.subscriptionId
  }
}
