import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction, type Tx } from '#app/platform/db.server.ts'
import { log } from '#app/platform/log.server.ts'
import { expireCheckout } from '#app/platform/payments-checkout.server.ts'
import { readPage, type PageRead } from '#app/platform/payments-reading.server.ts'
import { inTurn } from '#app/platform/turn.server.ts'
import { invariant } from '#app/shared/invariant.ts'
import { isCurrencyCode } from '#app/shared/money.ts'
import { queueGiftMail } from './gift-mails.server.ts'
import { isGiven, type GiftState } from './gift.ts'
import { park, settle } from './inbox.server.ts'
import { listMovements, MovementContradicted, recordMovement } from './movements.server.ts'
import { moveGift } from './moves.server.ts'
import { becameGiven, judge, mailsDue, type GiftFacts, type Verdict } from './payment.ts'
import { isByHand } from './transfers.server.ts'
import { askForUpdates } from './updates-wish.server.ts'

/**
 * Makes our state of a gift agree with Stripe's: reads everything about it there, and writes what it means in one
 * transaction. Safe to call twice and at any time. Nobody else reads the same gift meanwhile: who read first would
 * otherwise write last, and old news would stand over new.
 */
export async function convergeGift(giftId: string): Promise<void> {
  await inTurn(`gift ${giftId}`, async () => {
    // Before the reading: what is heard later is no part of it.
    const heard = await db.stripeEvent.findMany({ where: { giftId, state: 'waiting' }, select: { id: true } })
    const eventIds = heard.map(({ id }) => id)
    const gift = await readFacts(giftId)
    if (!gift) return
    const verdict = await readAndJudge(gift)
    try {
      await inTransaction((tx) => write(tx, gift, verdict, eventIds))
    } catch (error) {
      if (!(error instanceof MovementContradicted)) throw error
      log.error({ giftId }, 'a balance transaction says other than it did: see npm run donations -- parked')
      await inTransaction((tx) => park(tx, eventIds, error.message))
    }
  })
}

async function readFacts(giftId: string): Promise<GiftFacts | null> {
  const gift = await db.gift.findUnique({
    where: { id: giftId },
    include: { parts: { orderBy: { position: 'asc' } }, checkouts: { orderBy: { id: 'asc' } }, moves: true },
  })
  if (!gift) return null
  const { id, reference, state, currency, email } = gift
  invariant(isCurrencyCode(currency), `${currency} is not a currency that Stripe can charge`)
  return {
    id,
    reference,
    state,
    isForgotten: email === null,
    isTransferred: state === 'received' && gift.moves.some(isByHand),
    amount: { amountMinor: Number(gift.amountMinor), currency },
    parts: gift.parts.map(({ partnerId, amountMinor }) => ({ partnerId, amountMinor: Number(amountMinor) })),
    attempts: gift.checkouts.map(({ id, state, sessionId }) => ({ id, state, sessionId })),
  }
}

/** Pages that nobody should pay on any more are closed, and everything is read again. */
async function readAndJudge(gift: GiftFacts): Promise<Verdict> {
  const first = await read(gift)
  if (first.toClose.length === 0) return first
  for (const each of first.toClose) await close(each)
  return read(gift)
}

/**
 * Closing twice is closing once, so its key may change, and does every minute: a failure that Stripe keeps under the key
 * would keep the page open for a day.
 */
async function close({ attemptId, pageId }: Verdict['toClose'][number]): Promise<void> {
  const minute = Math.floor(clock.now().getTime() / 60_000)
  const closing = await expireCheckout(pageId, `courage/expire/${attemptId}/${minute}`)
  if (closing === 'unknown') throw new Error('Stripe did not say that the page is closed: it is asked again')
}

async function read(gift: GiftFacts): Promise<Verdict> {
  const pages: PageRead[] = []
  for (const { sessionId } of gift.attempts) {
    const page = sessionId === null ? null : await readPage(sessionId)
    if (page) pages.push(page)
  }
  const kept = await listMovements(db, pages.flatMap(linesOf))
  return judge(gift, pages, new Map(kept.map((movement) => [movement.id, movement])))
}

function linesOf({ payment }: PageRead): string[] {
  const lines = (payment?.charges ?? []).flatMap(({ line, failureLine, refunds, disputes }) => [
    line,
    failureLine,
    ...refunds.flatMap((refund) => [refund.line, refund.failureLine]),
    ...disputes.flatMap((dispute) => dispute.lines),
  ])
  return lines.flatMap((line) => line?.id ?? [])
}

async function write(tx: Tx, gift: GiftFacts, verdict: Verdict, eventIds: readonly string[]): Promise<void> {
  const [held] = await tx.$queryRaw<{ state: GiftState; receivedAt: Date | null }[]>`
    select state, received_at as "receivedAt" from gift where id = ${gift.id}::uuid for update`
  if (!held) return
  for (const attempt of verdict.attempts) await writeAttempt(tx, attempt)
  const state = await moveOn(tx, gift, held.state, verdict.state)
  const receivedAt = state === 'received' ? (held.receivedAt ?? verdict.paidAt ?? clock.now()) : null
  const { declines, returned } = verdict
  await tx.gift.update({ where: { id: gift.id }, data: { declines, receivedAt }, select: { id: true } })
  const recorded = new Set<string>()
  for (const movement of verdict.movements) {
    if ((await recordMovement(tx, movement)) === 'known') recorded.add(movement.id)
  }
  if (becameGiven(held.state, state)) await askForUpdates(tx, gift.id)
  for (const mail of mailsDue({ state: held.state, recorded }, { state, receivedAt, returned })) {
    await queueGiftMail(tx, gift.id, mail)
  }
  if (verdict.problems.length === 0) await settle(tx, eventIds, 'done')
  else await park(tx, eventIds, verdict.problems.join('; '))
}

/** What was asked for a page, and the way to it, are forgotten once it is closed: they hold the donor's address. */
async function writeAttempt(
  tx: Tx,
  { id, state, url, paymentId, declines }: Verdict['attempts'][number],
): Promise<void> {
  await tx.checkoutAttempt.updateMany({ where: { id }, data: { declines } })
  await tx.checkoutAttempt.updateMany({ where: { id, paymentId: null }, data: { paymentId } })
  if (state === 'open') {
    await tx.checkoutAttempt.updateMany({ where: { id, state: 'asked' }, data: { state, url } })
  } else {
    await tx.$executeRaw`
      update checkout_attempt set state = 'closed', params = null, url = null, problem = null
      where id = ${id}::uuid and state <> 'closed'`
  }
}

/**
 * The state that the gift is in afterwards. It does not end while its donor is at it: when they have chosen another way, or
 * have another page, since it was read. What had failed and comes after all has been started again.
 */
async function moveOn(tx: Tx, gift: GiftFacts, from: GiftState, to: GiftState | null): Promise<GiftState> {
  if (to === null) return from
  const isPayable = { giftId: gift.id, state: { in: ['asked', 'open'] as ('asked' | 'open')[] } }
  const ends = to === 'expired' || to === 'failed'
  if (ends && (from !== gift.state || (await tx.checkoutAttempt.count({ where: isPayable })) > 0)) return from
  if (isGiven(to) && from === 'failed') await moveGift(tx, gift.id, 'started', 'stripe')
  return (await moveGift(tx, gift.id, to, 'stripe')) ? to : from
}
