import { clock } from '#app/platform/clock.server.ts'
import { db, emptyJson, inTransaction, type Prisma, type Tx } from '#app/platform/db.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { PROMISE_DAYS, type GiftState } from './gift.ts'
import { holdGift, type KeptGift } from './gifts.server.ts'
import { moveGift } from './moves.server.ts'

const DAY_MS = 86_400_000

/** Whoever did not give may come back for so long and find what they typed. */
const REMEMBERED_DAYS = 3

/**
 * Forgets whom a gift that was not made came from, three days after its end, and ends what nobody waits for any more:
 * promises that were not kept, and gifts whose page is long gone. Returns how many.
 */
export async function forgetUnmade(): Promise<{ ended: number; forgotten: number }> {
  await lookAgain()
  const promises = await eachOf('promised', { stateAt: { lt: daysAgo(PROMISE_DAYS) } }, (tx, { id }) =>
    moveGift(tx, id, 'expired', 'clock'),
  )
  const before = daysAgo(REMEMBERED_DAYS)
  const started = await eachOf(
    'started',
    {
      stateAt: { lt: before },
      checkouts: { none: { OR: [{ state: 'open' }, { expiresAt: { gte: before } }] } },
    },
    (tx, gift) => endStarted(tx, gift, before),
  )
  let forgotten = started
  for (const state of ['expired', 'failed'] as const) {
    forgotten += await eachOf(state, { stateAt: { lt: before }, email: { not: null } }, forget)
  }
  return { ended: promises + started, forgotten }
}

/** A page that counts as open past its end is Stripe's to tell of: the news was lost, so somebody looks. */
async function lookAgain(): Promise<void> {
  const open = await db.checkoutAttempt.findMany({
    where: { state: 'open', expiresAt: { lt: daysAgo(1) } },
    select: { giftId: true },
  })
  for (const { giftId } of open) {
    await enqueue(db, 'donations.converge', { giftId }, { key: `donations.converge ${giftId}` })
  }
}

/** It led to no page that anybody was ever sent to, or to one that is closed. */
async function endStarted(tx: Tx, { id, live }: KeptGift, before: Date): Promise<boolean> {
  if (live && (live.state === 'open' || live.expiresAt >= before)) return false
  await tx.checkoutAttempt.updateMany({ where: { giftId: id, state: 'asked' }, data: { state: 'closed' } })
  await moveGift(tx, id, 'expired', 'clock')
  return forget(tx, { id })
}

async function forget(tx: Tx, { id }: Pick<KeptGift, 'id'>): Promise<true> {
  await tx.gift.update({
    where: { id },
    data: { name: null, email: null, message: null, updatesWording: null },
    select: { id: true },
  })
  await tx.checkoutAttempt.updateMany({
    where: { giftId: id, state: { in: ['closed', 'refused'] } },
    data: { params: emptyJson, url: null },
  })
  return true
}

/** Does it to each gift of that state that fits, one by one, each held: its donor may be sending the form again. */
async function eachOf(
  state: GiftState,
  which: Prisma.GiftWhereInput,
  act: (tx: Tx, gift: KeptGift) => Promise<boolean>,
): Promise<number> {
  const found = await db.gift.findMany({ where: { ...which, state }, select: { id: true } })
  let done = 0
  for (const { id } of found) {
    const isDone = await inTransaction(async (tx) => {
      const gift = await holdGift(tx, id)
      return gift.state === state && (await act(tx, gift))
    })
    if (isDone) done += 1
  }
  return done
}

function daysAgo(days: number): Date {
  return new Date(clock.now().getTime() - days * DAY_MS)
}
