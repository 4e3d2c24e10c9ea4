import { isDeepStrictEqual } from 'node:util'
import { db, inTransaction, type Tx } from '#app/platform/db.server.ts'
import { inTurn } from '#app/platform/turn.server.ts'
import { addAttempt, askForPage, closePage, stillServes } from './attempts.server.ts'
import { isGiven, type GiftAsked, type GiftState } from './gift.ts'
import {
  addGift,
  findOrAddGift,
  holdGift,
  requireGift,
  rewriteGift,
  type Attempt,
  type KeptGift,
} from './gifts.server.ts'
import { mayAskForPage, mayPromise } from './limits.server.ts'
import { moveGift } from './moves.server.ts'

/** What became of a form that was sent, when it led to no page and no promise. */
type NotDone =
  /** Nothing is to be paid any more. */
  | { outcome: 'given' }
  | { outcome: 'limited' }
  /** Stripe does not answer. Nothing was taken; the same form may be sent again. */
  | { outcome: 'unanswered' }

export type Opened =
  | { outcome: 'page'; url: string }
  /** Stripe made no page, and says why: `code` in its own word, `field` what it is about. */
  | { outcome: 'refused'; code: string; field: string | null }
  | NotDone

/**
 * A donor goes to pay: gives them the page on which this gift, and nothing else, can be paid. One form is one gift,
 * however often it is sent. While its page says what the donor wants, they get the same one; before they get another, the
 * last one is closed. `token` is the form's, `network` the donor's.
 */
export async function openCheckout(token: string, wish: GiftAsked, network: string): Promise<Opened> {
  const id = await findOrAddGift(token, async (tx) => {
    if (!(await mayAskForPage(tx, network, wish.email))) return null
    const gift = await addGift(tx, token, wish, 'started')
    await addAttempt(tx, gift, wish)
    return gift.id
  })
  if (id === null) return { outcome: 'limited' }
  return inTurn(turnOf(id), async () => {
    const gift = await requireGift(db, id)
    if (isGiven(gift.state)) return { outcome: 'given' }
    const { live } = gift
    if (live && stillServes(live, gift, wish)) return goOn(gift, token, wish, live)
    if (!(await mayAskForPage(db, network, wish.email))) return { outcome: 'limited' }
    const closing = live ? await closePage(live, token) : 'closed'
    return closing === 'closed' ? goOn(gift, token, wish, null) : { outcome: closing }
  })
}

/**
 * The donor will send it from their bank. The page on which it could be paid otherwise is closed first: nobody gives twice
 * by changing their mind.
 */
export async function promiseGift(
  token: string,
  wish: GiftAsked,
  network: string,
): Promise<{ outcome: 'promised' } | NotDone> {
  const id = await findOrAddGift(token, async (tx) => {
    if (!(await mayPromise(tx, network))) return null
    return (await addGift(tx, token, wish, 'promised')).id
  })
  if (id === null) return { outcome: 'limited' }
  return inTurn(turnOf(id), async () => {
    const gift = await requireGift(db, id)
    if (isGiven(gift.state)) return { outcome: 'given' }
    const closing = gift.live ? await closePage(gift.live, token) : 'closed'
    if (closing !== 'closed') return { outcome: closing }
    const isPromised = await inTransaction((tx) => want(tx, id, wish, 'promised'))
    return { outcome: isPromised ? 'promised' : 'given' }
  })
}

/** Whatever asks Stripe about a gift, or writes what it says, does it in this turn. */
function turnOf(giftId: string): string {
  return `gift ${giftId}`
}

/**
 * On to the page: of the attempt that there is, or of a new one. When Stripe lost the first to a fault of its own, there is
 * one more.
 */
async function goOn(gift: KeptGift, token: string, wish: GiftAsked, live: Attempt | null): Promise<Opened> {
  for (let attempt = live, left = 2; left > 0; left -= 1, attempt = null) {
    const current = attempt
    const asking = await inTransaction(async (tx) => {
      if (!(await want(tx, gift.id, wish, 'started'))) return null
      return current ?? addAttempt(tx, gift, wish)
    })
    if (asking === null) return { outcome: 'given' }
    if (asking.url !== null) return { outcome: 'page', url: asking.url }
    const asked = await askForPage(asking, token)
    if (asked.outcome !== 'gone') return asked
  }
  return { outcome: 'unanswered' }
}

/** Writes down what the donor wants, and how they mean to give it. False when the gift is given meanwhile. */
async function want(
  tx: Tx,
  id: string,
  wish: GiftAsked,
  state: Extract<GiftState, 'started' | 'promised'>,
): Promise<boolean> {
  const gift = await holdGift(tx, id)
  if (isGiven(gift.state)) return false
  if (!isDeepStrictEqual(gift.asked, wish)) await rewriteGift(tx, id, wish)
  if (gift.state !== state) await moveGift(tx, id, state, 'donor')
  return true
}
