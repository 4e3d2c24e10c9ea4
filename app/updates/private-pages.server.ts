import { heldAgainstWish } from '#app/mail/suppressions.server.ts'
import type { Reader } from '#app/platform/db.server.ts'
import { maskAddress } from '#app/shared/address.ts'
import { dayOfDate, type Day } from '#app/shared/dates.ts'
import { findLink } from '#app/supporters/private-links.server.ts'
import { EVERYTHING, type SubscriptionState } from './subscription.ts'

// What the pages behind private links show. Nothing here changes anything: mail scanners follow every link.

/** "subscription:ID" is about ID. */
export function idOf(about: string): string {
  return about.slice(about.indexOf(':') + 1)
}

/** What a confirmation link leads to. */
export type Confirmation =
  /** The question: do you want this? */
  | { outcome: 'open'; address: string; wording: string }
  /** It was answered with yes before. */
  | { outcome: 'already' }
  /** Updates were stopped since. */
  | { outcome: 'stopped' }
  /** It was answered, but nothing may be sent to the address whatever its owner wishes, and why. */
  | { outcome: 'held'; why: string }
  /** Too late, or a later mail has taken its place. */
  | { outcome: 'expired' }
  | { outcome: 'unknown' }

export async function findConfirmation(reader: Reader, token: string): Promise<Confirmation> {
  const link = await findLink(reader, 'confirm-subscription', token)
  if (link.outcome === 'expired' || link.outcome === 'unknown') return link
  const subscription = await reader.subscription.findUnique({
    where: { id: idOf(link.about) },
    include: { supporter: true, consent: { include: { wording: true } } },
  })
  if (!subscription) return { outcome: 'expired' }
  const held = await heldAgainstWish(reader, subscription.supporter.addressHash)
  switch (subscription.state) {
    case 'confirmed':
      return held === null ? { outcome: 'already' } : { outcome: 'held', why: held }
    case 'left':
      return held === null ? { outcome: 'stopped' } : { outcome: 'held', why: held }
    case 'expired':
      return { outcome: 'expired' }
    case 'asked':
      if (link.outcome === 'used') return { outcome: 'expired' }
      return {
        outcome: 'open',
        address: maskAddress(subscription.supporter.address ?? ''),
        wording: subscription.consent.wording.text,
      }
  }
}

/** What an unsubscribe link leads to. `ended`: no updates are sent, whether they were stopped or never confirmed. */
export type Leaving =
  | {
      outcome: 'found'
      address: string
      ended: boolean
      /** Why nothing can be sent to the address although its owner may want it; null when it can. */
      held: string | null
    }
  | { outcome: 'unknown' }

export async function findLeaving(reader: Reader, token: string): Promise<Leaving> {
  const link = await findLink(reader, 'unsubscribe', token)
  if (link.outcome !== 'open') return { outcome: 'unknown' }
  const subscription = await reader.subscription.findUnique({
    where: { id: idOf(link.about) },
    include: { supporter: true },
  })
  if (!subscription?.supporter.address) return { outcome: 'unknown' }
  return {
    outcome: 'found',
    address: maskAddress(subscription.supporter.address),
    ended: subscription.state === 'left' || subscription.state === 'expired',
    held: await heldAgainstWish(reader, subscription.supporter.addressHash),
  }
}

/** What somebody's private page shows. */
export type Preferences = {
  outcome: 'found'
  address: string
  /** Why nothing can be sent to the address although its owner may want it; null when it can. */
  held: string | null
  /** null for somebody who has never asked for updates. */
  updates: {
    state: SubscriptionState
    /** Since when it is so. */
    since: Day
    /** What they agreed to, the last time they did. */
    agreed: { wording: string; on: Day; confirmedOn: Day | null; withdrawnOn: Day | null }
  } | null
}

export async function findPreferences(
  reader: Reader,
  token: string,
): Promise<Preferences | { outcome: 'expired' } | { outcome: 'unknown' }> {
  const link = await findLink(reader, 'preferences', token)
  if (link.outcome !== 'open') return { outcome: link.outcome === 'expired' ? 'expired' : 'unknown' }
  const supporter = await reader.supporter.findUnique({
    where: { id: idOf(link.about) },
    include: {
      subscriptions: { where: { topic: EVERYTHING }, include: { consent: { include: { wording: true } } } },
    },
  })
  if (!supporter?.address) return { outcome: 'unknown' }
  const [subscription] = supporter.subscriptions
  return {
    outcome: 'found',
    address: maskAddress(supporter.address),
    held: await heldAgainstWish(reader, supporter.addressHash),
    updates: subscription
      ? {
          state: subscription.state,
          since: dayOfDate(subscription.stateAt),
          agreed: {
            wording: subscription.consent.wording.text,
            on: dayOfDate(subscription.consent.givenAt),
            confirmedOn: subscription.consent.confirmedAt && dayOfDate(subscription.consent.confirmedAt),
            withdrawnOn: subscription.consent.withdrawnAt && dayOfDate(subscription.consent.withdrawnAt),
          },
        }
      : null,
  }
}
