import { afterAll, beforeAll, expect } from 'vitest'
import { postMovement } from '#app/books/books.server.ts'
import { differencesFrom } from '#app/books/verify.server.ts'
import { convergeGift } from '#app/donations/converge.server.ts'
import { hear } from '#app/donations/hear.server.ts'
import { keepNews } from '#app/donations/inbox.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { listPaymentNews } from '#app/platform/payments-news.server.ts'
import { listBalanceTransactions } from '#app/platform/payments.server.ts'
import { remember } from '#app/platform/remember.server.ts'
import { startFromSeed } from './database.ts'
import type { Given } from './pages.ts'
import { openPaymentDesk, type PaymentDesk } from './payment-desk.ts'

/** A payment desk for the tests of a file, whose own process asks there, on a seeded database. */
export function useDesk(): () => PaymentDesk {
  let desk: PaymentDesk | undefined
  beforeAll(startFromSeed)
  beforeAll(async () => {
    const opened = await openPaymentDesk()
    desk = opened
    remember('stripe', () => opened.stripe)
  })
  afterAll(() => desk?.close())
  return () => {
    if (!desk) throw new Error('The payment desk is not open yet')
    return desk
  }
}

/** Everything that Stripe has told is heard, and every gift that it is about is read. */
export async function hearAll(): Promise<void> {
  const news = await all(listPaymentNews(new Date(0)))
  for (const each of news) await inTransaction((tx) => keepNews(tx, each, 'sweep'))
  for (const { id } of news) await hear(id)
  const gifts = await db.stripeEvent.findMany({
    where: { state: 'waiting', giftId: { not: null } },
    distinct: ['giftId'],
    select: { giftId: true },
  })
  for (const { giftId } of gifts) await convergeGift(giftId ?? '')
}

export const giftOf = ({ giftId }: Given) => db.gift.findUniqueOrThrow({ where: { id: giftId } })

export const attemptOf = ({ attemptId }: Given) =>
  db.checkoutAttempt.findUniqueOrThrow({ where: { id: attemptId } })

/** The kinds of the mails that a donor is sent, in order. */
export async function mailsOf({ giftId }: Given): Promise<string[]> {
  const mails = await db.giftMail.findMany({ where: { giftId }, orderBy: { queuedAt: 'asc' } })
  return mails.map(({ kind }) => kind)
}

/** What is kept of a gift's money, each as its kind, what was given, the gross amount and the fee. */
export async function movementsOf({ giftId }: Given): Promise<[string, number, number, number][]> {
  const rows = await db.movement.findMany({
    where: { giftId },
    orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ kind, givenMinor, grossMinor, feeMinor }) => [
    kind,
    Number(givenMinor),
    Number(grossMinor),
    Number(feeMinor),
  ])
}

/** Nothing about the books does not hold, against Stripe's own list. */
export async function expectBooksToHold(): Promise<void> {
  for (const { id } of await db.movement.findMany({ where: { posted: null } })) await postMovement(id)
  const listedAt = clock.now()
  expect(await differencesFrom(await all(listBalanceTransactions()), listedAt)).toEqual([])
}

async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return items
}
