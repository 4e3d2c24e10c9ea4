import { randomUUID } from 'node:crypto'
import { heldAgainstWish, liftOwnWish, suppress } from '#app/mail/suppressions.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction, type Tx } from '#app/platform/db.server.ts'
import { takeFrom, type LimitResult } from '#app/platform/limits.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'
import {
  confirmConsent,
  recordConsent,
  withdrawConsent,
  type Withdrawal,
} from '#app/supporters/consents.server.ts'
import { findLink, makeStandingLink, spendLink } from '#app/supporters/private-links.server.ts'
import { findOrAddSupporter } from '#app/supporters/supporters.server.ts'
import { findConfirmation, idOf, type Confirmation } from './private-pages.server.ts'
import { after } from './subscription.ts'

/** A home, a school or a café asks for mail so often; more is a program, and would be mail to people who did not ask. */
const ASKED_FROM_ONE_NETWORK = { times: 20, perSeconds: 3600 }

/** What somebody agreed to, and on which page. */
export type Agreed = { wording: string; given: string }

export type AskResult = { outcome: 'asked' } | Extract<LimitResult, { outcome: 'limited' }>

/**
 * Somebody has typed an address and pressed the button. Whoever it is, the same is done here and the same is said; what
 * to write to them, or whether to, is decided by `answerRequest` in the background.
 */
export async function askToSubscribe(address: string, agreed: Agreed, network: string): Promise<AskResult> {
  const limit = await takeFrom(db, 'mail-asked-for', network, ASKED_FROM_ONE_NETWORK)
  if (limit.outcome === 'limited') return limit
  await inTransaction(async (tx) => {
    await ask(tx, await findOrAddSupporter(tx, address), agreed)
  })
  return { outcome: 'asked' }
}

/** Somebody has typed an address to get their private link. The same is done and said for everyone here too. */
export async function askForPreferencesLink(address: string, network: string): Promise<AskResult> {
  const limit = await takeFrom(db, 'mail-asked-for', network, ASKED_FROM_ONE_NETWORK)
  if (limit.outcome === 'limited') return limit
  await inTransaction((tx) =>
    enqueue(tx, 'updates.send-private-link', { addressHash: addressHash(address), requestId: randomUUID() }),
  )
  return { outcome: 'asked' }
}

/**
 * The owner of the address says yes: the button behind the link in the mail was pressed. From now on updates are sent,
 * and the links that stand in each of them work. `held`: the yes is on record, but nothing may be sent to the address.
 */
export async function confirmSubscription(token: string): Promise<Confirmation | { outcome: 'confirmed' }> {
  return inTransaction(async (tx) => {
    const link = await spendLink(tx, 'confirm-subscription', token)
    if (link.outcome !== 'open') return findConfirmation(tx, token)
    const subscription = await holdSubscription(tx, idOf(link.about))
    const state = after(subscription?.state, 'confirm')
    if (!subscription || !state) return findConfirmation(tx, token)

    await tx.subscription.update({
      where: { id: subscription.id },
      data: { state, stateAt: clock.now() },
    })
    await confirmConsent(tx, subscription.consentId)
    await liftOwnWish(tx, subscription.supporter.addressHash)
    await makeStandingLink(tx, 'unsubscribe', `subscription:${subscription.id}`)
    await makeStandingLink(tx, 'preferences', `supporter:${subscription.supporterId}`)
    const held = await heldAgainstWish(tx, subscription.supporter.addressHash)
    return held === null ? { outcome: 'confirmed' } : { outcome: 'held', why: held }
  })
}

/**
 * Ends a subscription: nothing that has not left for the provider goes out any more. Ending it twice is ending it. A
 * complaint needs no mark of its own: mail made one when it heard of it.
 */
export async function leave(tx: Tx, subscriptionId: string, how: Withdrawal): Promise<void> {
  const subscription = await holdSubscription(tx, subscriptionId)
  const state = after(subscription?.state, 'leave')
  if (!subscription || !state) return
  await tx.subscription.update({ where: { id: subscription.id }, data: { state, stateAt: clock.now() } })
  await withdrawConsent(tx, subscription.consentId, how)
  if (how !== 'complaint') await suppress(tx, subscription.supporter.addressHash, 'marketing', 'unsubscribed')
}

/** Ends the subscription that an unsubscribe link is about. */
export async function leaveByLink(
  token: string,
  how: Extract<Withdrawal, 'one-click' | 'unsubscribe page'>,
): Promise<{ outcome: 'left' } | { outcome: 'unknown' }> {
  return inTransaction(async (tx) => {
    const link = await findLink(tx, 'unsubscribe', token)
    if (link.outcome !== 'open') return { outcome: 'unknown' }
    await leave(tx, idOf(link.about), how)
    return { outcome: 'left' }
  })
}

/**
 * Whoever left by mistake asks again, without typing. It is asking as everybody asks: the mail may have been passed on,
 * so only the mailbox itself can say yes.
 */
export async function askAgainByLink(
  token: string,
  agreed: Agreed,
): Promise<{ outcome: 'asked' } | { outcome: 'unknown' }> {
  return inTransaction(async (tx) => {
    const link = await findLink(tx, 'unsubscribe', token)
    const subscription =
      link.outcome === 'open' && (await tx.subscription.findUnique({ where: { id: idOf(link.about) } }))
    if (!subscription) return { outcome: 'unknown' }
    await ask(tx, subscription.supporterId, agreed)
    return { outcome: 'asked' }
  })
}

export type PreferencesResult =
  { outcome: 'stopped' } | { outcome: 'asked' } | { outcome: 'expired' } | { outcome: 'unknown' }

/** Does what somebody chose on their private page: ends their updates, or asks for them. */
export async function setPreferences(
  token: string,
  wish: { updates: 'stop' } | { updates: 'start'; agreed: Agreed },
): Promise<PreferencesResult> {
  return inTransaction(async (tx) => {
    const link = await findLink(tx, 'preferences', token)
    if (link.outcome !== 'open') return { outcome: link.outcome === 'expired' ? 'expired' : 'unknown' }
    const supporter = await tx.supporter.findUnique({
      where: { id: idOf(link.about) },
      include: { subscriptions: { orderBy: { id: 'asc' } } },
    })
    if (!supporter) return { outcome: 'unknown' }
    switch (wish.updates) {
      case 'stop':
        for (const { id } of supporter.subscriptions) await leave(tx, id, 'preferences')
        return { outcome: 'stopped' }
      case 'start':
        await ask(tx, supporter.id, wish.agreed)
        return { outcome: 'asked' }
    }
  })
}

/** Every request to get updates comes through here: on record, and answered by mail in the background. */
async function ask(tx: Tx, supporterId: string, { wording, given }: Agreed): Promise<void> {
  const consentId = await recordConsent(tx, supporterId, { purpose: 'updates', wording, given })
  await enqueue(tx, 'updates.answer-request', { consentId })
}

/** A subscription as it is now, held until the transaction ends; null when it is not there any more. */
async function holdSubscription(tx: Tx, id: string) {
  await tx.$queryRaw`select 1 from subscription where id = ${id}::uuid for update`
  return tx.subscription.findUnique({ where: { id }, include: { supporter: true } })
}
