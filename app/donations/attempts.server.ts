import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { clock } from '#app/platform/clock.server.ts'
import { db, emptyJson, type Prisma, type Tx } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { log } from '#app/platform/log.server.ts'
import {
  createCheckout,
  expireCheckout,
  findCheckoutOf,
  type Checkout,
  type CheckoutRequest,
} from '#app/platform/payments-checkout.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { assertNever } from '#app/shared/invariant.ts'
import type { GiftAsked } from './gift.ts'
import type { Attempt, KeptGift } from './gifts.server.ts'
import { pageRequest, withToken } from './page-request.ts'

// One request for a payment page: kept before it leaves, asked, closed. Everything here is done in the gift's turn, and no
// transaction is open while Stripe is asked.

/** A page lives this long; its key is remembered at Stripe for at least an hour longer. */
const PAGE_LIFE_MS = 23 * 3_600_000

/** Stripe makes no page that ends within half an hour, and nobody should be sent to one that ends under their hands. */
const WORTH_OPENING_MS = 40 * 60_000

/** What a request for a page led to. `gone`: no page, and none from this attempt; another may be made. */
export type Asked =
  | { outcome: 'page'; url: string }
  | { outcome: 'refused'; code: string; field: string | null }
  | { outcome: 'unanswered' }
  | { outcome: 'gone' }

/** Keeps an attempt for what the donor wants. It is asked for with what the database gives back, the same each time. */
export async function addAttempt(
  tx: Tx,
  gift: Pick<KeptGift, 'id' | 'reference'>,
  wish: GiftAsked,
): Promise<Attempt> {
  const now = clock.now()
  const id = randomUUID()
  const expiresAt = new Date(now.getTime() + PAGE_LIFE_MS)
  const purposeName = await purposeNameOf(tx, wish)
  return tx.checkoutAttempt.create({
    data: {
      id,
      giftId: gift.id,
      state: 'asked',
      params: requestFor({ id, expiresAt }, gift, wish, purposeName) as Prisma.InputJsonObject,
      expiresAt,
      createdAt: now,
    },
  })
}

/** True when the page that was asked for is still what the donor wants, and will be there long enough. */
export function stillServes(attempt: Attempt, gift: KeptGift, wish: GiftAsked): boolean {
  const isInTime = attempt.expiresAt.getTime() - clock.now().getTime() >= WORTH_OPENING_MS
  // The name of what it is for is of the gift as it is kept; for another purpose all the rest is other too.
  return isInTime && isDeepStrictEqual(attempt.params, requestFor(attempt, gift, wish, gift.purposeName))
}

function requestFor(
  { id, expiresAt }: Pick<Attempt, 'id' | 'expiresAt'>,
  gift: Pick<KeptGift, 'id' | 'reference'>,
  wish: GiftAsked,
  purposeName: string | null,
): CheckoutRequest {
  const asker = { giftId: gift.id, attemptId: id, reference: gift.reference }
  return pageRequest(asker, wish, { purposeName, expiresAt, appUrl: env.appUrl })
}

async function purposeNameOf(tx: Tx, { purpose }: GiftAsked): Promise<string | null> {
  if (purpose === null) return null
  return (await tx.partner.findUniqueOrThrow({ where: { id: purpose }, select: { name: true } })).name
}

/**
 * Asks Stripe for the page of an attempt, and once more when nobody knows what became of that. `token` is the gift's: the
 * request that is kept does not hold it.
 */
export async function askForPage(attempt: Attempt, token: string): Promise<Asked> {
  const request = withToken(attempt.params as CheckoutRequest, token)
  const key = `courage/checkout/${attempt.id}`
  let answer = await createCheckout(request, key)
  if (answer.outcome === 'unknown') answer = await createCheckout(request, key)
  switch (answer.outcome) {
    case 'made':
      return noteOpen(attempt, answer)
    case 'unknown':
      log.warn({ giftId: attempt.giftId, attemptId: attempt.id }, 'Stripe did not answer for a payment page')
      return { outcome: 'unanswered' }
    case 'refused':
      await noteRefused(attempt, answer)
      return { outcome: 'refused', code: answer.code, field: answer.field }
    case 'kept-error':
      return lookForPage(attempt)
    default:
      return assertNever(answer)
  }
}

/** A fault of Stripe's that it keeps under the key says nothing of whether a page was made: one that was is taken. */
async function lookForPage(attempt: Attempt): Promise<Asked> {
  const found = await findCheckoutOf(attempt.id, attempt.createdAt)
  switch (found.outcome) {
    case 'open':
      return noteOpen(attempt, found.page)
    case 'over':
      await noteClosed(db, attempt)
      return { outcome: 'gone' }
    case 'none':
      await noteRefused(attempt, { code: 'server_error', field: null, requestId: null })
      return { outcome: 'gone' }
    case 'unknown':
      return { outcome: 'unanswered' }
    default:
      return assertNever(found)
  }
}

/** What closing a page led to. `given`: somebody has paid on it, and what that means will be looked at. */
export type Closing = 'closed' | 'given' | 'unanswered'

/**
 * Makes sure that nobody can pay on the page of an attempt any more. Whether there is one is found out first, by asking
 * for it again with the same key; past its end nobody can pay on a page that nobody was ever sent to.
 */
export async function closePage(attempt: Attempt, token: string): Promise<Closing> {
  let { sessionId } = attempt
  if (attempt.state === 'asked') {
    if (attempt.expiresAt > clock.now()) {
      const asked = await askForPage(attempt, token)
      if (asked.outcome === 'unanswered') return 'unanswered'
      if (asked.outcome !== 'page') return 'closed'
      ;({ sessionId } = await db.checkoutAttempt.findUniqueOrThrow({ where: { id: attempt.id } }))
    }
    if (sessionId === null) return noteClosed(db, attempt)
  }
  switch (await expireCheckout(sessionId ?? '', `courage/expire/${attempt.id}`)) {
    case 'expired':
      return noteClosed(db, attempt)
    case 'complete': {
      const { giftId } = attempt
      await enqueue(db, 'donations.converge', { giftId }, { key: `donations.converge ${giftId}` })
      return 'given'
    }
    case 'unknown':
      return 'unanswered'
  }
}

async function noteOpen({ id }: Attempt, { sessionId, url }: Checkout): Promise<Asked> {
  // Whoever closed it meanwhile knows better.
  const { count } = await db.checkoutAttempt.updateMany({
    where: { id, state: { in: ['asked', 'open'] } },
    data: { state: 'open', sessionId, url },
  })
  return count === 1 ? { outcome: 'page', url } : { outcome: 'gone' }
}

type Refusal = { code: string; field: string | null; requestId: string | null }

async function noteRefused({ id, giftId }: Attempt, { code, field, requestId }: Refusal): Promise<void> {
  log.warn({ giftId, attemptId: id, code, field, requestId }, 'Stripe made no payment page')
  const refused = { state: 'refused' as const, problem: code, params: emptyJson }
  await db.checkoutAttempt.updateMany({ where: { id, state: 'asked' }, data: refused })
}

async function noteClosed(tx: Tx, { id }: Attempt): Promise<'closed'> {
  const closed = { state: 'closed' as const, params: emptyJson, url: null }
  await tx.checkoutAttempt.updateMany({ where: { id, state: { in: ['asked', 'open'] } }, data: closed })
  return 'closed'
}
