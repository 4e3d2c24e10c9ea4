import AlreadySubscribed from '#emails/already-subscribed.tsx'
import ConfirmSubscription from '#emails/confirm-subscription.tsx'
import type { Email } from '#emails/email.ts'
import PreferencesLink from '#emails/preferences-link.tsx'
import { renderEmail } from '#emails/render.ts'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { mailCharity } from '#app/charity/mail-charity.server.ts'
import { queueMail } from '#app/mail/outbox.server.ts'
import { heldAgainstWish } from '#app/mail/suppressions.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { inTransaction, type Tx } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { takeFrom } from '#app/platform/limits.server.ts'
import { likelyMailbox } from '#app/shared/address.ts'
import { invariant } from '#app/shared/invariant.ts'
import { dropUnconfirmed } from '#app/supporters/consents.server.ts'
import { makeLink, tokenOf } from '#app/supporters/private-links.server.ts'
import { forgetIfNothingHangs, holdSupporter } from '#app/supporters/supporters.server.ts'
import {
  after,
  CONFIRM_WITHIN_HOURS,
  EVERYTHING,
  MESSAGES_A_DAY,
  PRIVATE_LINK_HOURS,
} from './subscription.ts'

/** Whoever types somebody else's address over and over fills nobody's mailbox. */
const MAILS_TO_ONE_MAILBOX = { times: MESSAGES_A_DAY, perSeconds: 24 * 3600 }

/** Longer than the queue goes on trying: what is marked with it is done once. */
const ONCE = { times: 1, perSeconds: 7 * 24 * 3600 }

type Addressee = { id: string; address: string; addressHash: string }

/**
 * Answers a request to get updates, by a mail or by none: a new request gets the link to confirm with, whoever gets
 * updates already is told so, and an address that must not or need not be written to hears nothing. Doing it twice is
 * doing it once.
 */
export async function answerRequest(consentId: string): Promise<void> {
  await inTransaction(async (tx) => {
    const consent = await holdRequest(tx, consentId)
    if (!consent?.supporter.address) return
    const supporter = { ...consent.supporter, address: consent.supporter.address }
    const subscription = await tx.subscription.findUnique({
      where: { supporterId_topic: { supporterId: supporter.id, topic: EVERYTHING } },
    })
    if (subscription?.consentId === consentId) return

    const state = after(subscription?.state, 'ask')
    if (await mayBeMailed(tx, supporter, 'mail-to-confirm')) {
      if (state === 'asked') await askToConfirm(tx, supporter, consentId)
      else await sayAlready(tx, supporter, subscription?.id ?? '')
    }
    // Of several requests only the one that a subscription rests on proves anything.
    for (const id of [consentId, subscription?.consentId]) if (id) await dropUnconfirmed(tx, id)
    await forgetIfNothingHangs(tx, supporter.id)
  })
}

/**
 * Sends the private link that somebody asked for; nothing to an address that we do not know. A worker that dies before
 * the queue has noted its job does it again: `requestId` marks what is done.
 */
export async function sendPrivateLink(addressHash: string, requestId: string): Promise<void> {
  await inTransaction(async (tx) => {
    if ((await takeFrom(tx, 'private-link-request', requestId, ONCE)).outcome === 'limited') return
    const supporter = await tx.supporter.findUnique({ where: { addressHash } })
    if (!supporter?.address) return
    const addressee = { ...supporter, address: supporter.address }
    if (!(await mayBeMailed(tx, addressee, 'mail-private-link'))) return
    const about = `supporter:${supporter.id}`
    const token = await makeLink(tx, 'preferences', about, inHours(PRIVATE_LINK_HOURS))
    await send(tx, addressee, 'updates.preferences-link', about, PreferencesLink, {
      charity: await mailCharity(tx),
      preferencesUrl: canonicalAddress(`/me/${token}`),
      hours: PRIVATE_LINK_HOURS,
    })
  })
}

/** The request with its person, who is held: two requests of one person are answered one after the other. */
async function holdRequest(tx: Tx, consentId: string) {
  const found = await tx.consent.findUnique({ where: { id: consentId } })
  if (!found) return null
  await holdSupporter(tx, found.supporterId)
  return tx.consent.findFirst({
    where: { id: consentId, confirmedAt: null, withdrawnAt: null },
    include: { supporter: true },
  })
}

async function mayBeMailed(tx: Tx, { address, addressHash }: Addressee, what: string): Promise<boolean> {
  if ((await heldAgainstWish(tx, addressHash)) !== null) return false
  return (await takeFrom(tx, what, likelyMailbox(address), MAILS_TO_ONE_MAILBOX)).outcome === 'allowed'
}

async function askToConfirm(tx: Tx, supporter: Addressee, consentId: string): Promise<void> {
  const now = clock.now()
  const asked = { state: 'asked' as const, consentId, stateAt: now }
  const { id } = await tx.subscription.upsert({
    where: { supporterId_topic: { supporterId: supporter.id, topic: EVERYTHING } },
    create: { supporterId: supporter.id, topic: EVERYTHING, createdAt: now, ...asked },
    update: asked,
  })
  const about = `subscription:${id}`
  const token = await makeLink(tx, 'confirm-subscription', about, inHours(CONFIRM_WITHIN_HOURS))
  await send(tx, supporter, 'updates.confirm-subscription', about, ConfirmSubscription, {
    charity: await mailCharity(tx),
    confirmUrl: canonicalAddress(`/updates/confirm/${token}`),
    hours: CONFIRM_WITHIN_HOURS,
  })
}

async function sayAlready(tx: Tx, supporter: Addressee, subscriptionId: string): Promise<void> {
  const about = `subscription:${subscriptionId}`
  await send(tx, supporter, 'updates.already-subscribed', about, AlreadySubscribed, {
    charity: await mailCharity(tx),
    preferencesUrl: canonicalAddress(`/me/${tokenOf('preferences', `supporter:${supporter.id}`)}`),
    unsubscribeUrl: canonicalAddress(`/unsubscribe/${tokenOf('unsubscribe', about)}`),
  })
}

/** Mail that somebody waits for: prompt, and to everyone but whom nothing may be sent. */
async function send<Props extends object>(
  tx: Tx,
  { address }: Addressee,
  kind: string,
  about: string,
  email: Email<Props>,
  props: Props,
): Promise<void> {
  invariant(env.resend, 'No mail provider is configured')
  const mail = await renderEmail(email, props)
  const cause = { kind, about, lane: 'prompt', scope: 'all' } as const
  await queueMail(tx, cause, { from: env.resend.mailFrom, to: address, ...mail })
}

function inHours(hours: number): Date {
  return new Date(clock.now().getTime() + hours * 3_600_000)
}
