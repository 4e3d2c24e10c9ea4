import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { startFromSeed } from '#tests/support/database.ts'
import { addGift } from '#tests/support/gifts.ts'
import { forgetUnmade } from './forget.server.ts'
import type { GiftState } from './gift.ts'
import { queueReceipt, receiveTransfer, type Transfer } from './transfers.server.ts'

beforeAll(startFromSeed)

const start = new Date('2026-11-25T15:00:00Z')
beforeAll(() => clock.set(start))
afterEach(() => clock.set(start))
const daysLater = (days: number) => clock.set(new Date(start.getTime() + days * 86_400_000))

const twentyFive = { amountMinor: 2500, currency: 'GBP' } as const
const onTheStatement: Transfer = { amount: twentyFive, on: '2026-11-25', insteadOf: null }

const gift = (id: string) =>
  db.gift.findUniqueOrThrow({ where: { id }, include: { parts: true, moves: true, mails: true } })

/** The names of the jobs that wait for the gift. */
async function jobsFor(giftId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ key: string }[]>`
    select key from graphile_worker.jobs where key like ${`%${giftId}`} order by key`
  return rows.map(({ key }) => key.replace(` ${giftId}`, ''))
}

/** A page at Stripe on which the gift can still be paid. */
const openPageOf = (giftId: string) =>
  db.checkoutAttempt.create({
    data: {
      ...{ giftId, state: 'open', params: {}, sessionId: `cs_${giftId}`, url: 'https://pay.example/1' },
      ...{ createdAt: clock.now(), expiresAt: new Date(clock.now().getTime() + 3_600_000) },
    },
  })

describe('Ani’s promised gift, seen on the bank statement by the finance officer,', () => {
  test('is received of that day, by a person, with its receipt and its books asked for', async () => {
    const id = await addGift({ state: 'promised' })
    expect(await receiveTransfer(id, onTheStatement)).toEqual({ outcome: 'received' })
    expect(await gift(id)).toMatchObject({
      ...{ state: 'received', receivedAt: new Date('2026-11-25T12:00:00Z'), amountMinor: 2500n },
      moves: [{ from: 'promised', to: 'received', actor: 'staff' }],
    })
    expect(await jobsFor(id)).toEqual(['books.post-bank-transfer', 'donations.queue-receipt'])
  })

  test('is not received later than now, when it came this morning', async () => {
    clock.set(new Date('2026-11-25T09:30:00Z'))
    const id = await addGift({ state: 'promised' })
    await receiveTransfer(id, onTheStatement)
    const { receivedAt } = await gift(id)
    expect(receivedAt?.toISOString()).toMatch(/^2026-11-25T09:30:0/)
  })

  test('is received once, whether two say it at the same instant or one says it twice', async () => {
    const id = await addGift({
      state: 'promised',
      updatesWording: 'Send me updates.',
      email: `${randomUUID()}@example.org`,
    })
    const say = () => receiveTransfer(id, onTheStatement)
    const said = [...(await Promise.all([say(), say(), say()])), await say()].map(({ outcome }) => outcome)
    expect(said.toSorted()).toEqual(['known', 'known', 'known', 'received'])
    const { moves, email } = await gift(id)
    expect(moves).toHaveLength(1)
    expect(await jobsFor(id)).toHaveLength(2)
    expect(await db.consent.count({ where: { supporter: { address: email ?? '' } } })).toBe(1)
  })

  test('gets one receipt, however often the job is done', async () => {
    const id = await addGift({ state: 'promised' })
    await receiveTransfer(id, onTheStatement)
    await Promise.all([queueReceipt(id), queueReceipt(id)])
    await queueReceipt(id)
    expect((await gift(id)).mails.map(({ kind }) => kind)).toEqual(['receipt'])
    expect(await db.message.count({ where: { about: `gift:${id}` } })).toBe(1)
  })

  test('brings the request for updates that she ticked, in the words that she saw', async () => {
    const email = `${randomUUID()}@example.org`
    const id = await addGift({ state: 'promised', email, updatesWording: 'Send me updates by email.' })
    expect(await db.supporter.count({ where: { address: email } })).toBe(0)
    await receiveTransfer(id, onTheStatement)
    const supporter = await db.supporter.findFirstOrThrow({
      where: { address: email },
      include: { consents: { include: { wording: true } } },
    })
    expect(supporter.consents).toMatchObject([
      { given: '/donate', wording: { text: 'Send me updates by email.' } },
    ])
  })

  test('of another amount is not received until somebody says that it was less than promised; then it is the gift', async () => {
    const { id: partnerId } = await db.partner.findFirstOrThrow()
    const id = await addGift({ state: 'promised', partnerId })
    const twenty = { amountMinor: 2000, currency: 'GBP' } as const
    const less = { ...onTheStatement, amount: twenty }
    const refused = { outcome: 'other-amount', promised: twentyFive }
    expect(await receiveTransfer(id, less)).toEqual(refused)
    expect(await receiveTransfer(id, { ...less, insteadOf: twenty })).toEqual(refused)
    expect(await gift(id)).toMatchObject({ state: 'promised', amountMinor: 2500n, moves: [] })
    expect(await jobsFor(id)).toEqual([])
    expect(await receiveTransfer(id, { ...less, insteadOf: twentyFive })).toEqual({ outcome: 'received' })
    expect(await gift(id)).toMatchObject({
      ...{ state: 'received', amountMinor: 2000n, name: 'Ani' },
      parts: [{ partnerId, amountMinor: 2000n }],
    })
  })

  test('and a second transfer with its reference are told apart', async () => {
    const id = await addGift({ state: 'promised' })
    await receiveTransfer(id, onTheStatement)
    daysLater(2)
    const again = { ...onTheStatement, on: '2026-11-26' } as const
    const expected = { outcome: 'received-otherwise', by: 'bank', amount: twentyFive, on: '2026-11-25' }
    expect(await receiveTransfer(id, again)).toEqual(expected)
    expect((await gift(id)).moves).toHaveLength(1)
  })

  test.each(['2026-11-24', '2026-11-26'] as const)('is not of a day that cannot be: %s', async (on) => {
    const id = await addGift({ state: 'promised' })
    const today = '2026-11-25'
    expect(await receiveTransfer(id, { ...onTheStatement, on })).toEqual({
      ...{ outcome: 'impossible-day', from: today, to: today },
    })
    expect(await gift(id)).toMatchObject({ state: 'promised', receivedAt: null })
  })

  test('is received when it came after 60 days, until she is forgotten', async () => {
    const [late, tooLate] = [await addGift({ state: 'promised' }), await addGift({ state: 'promised' })]
    for (const giftId of [late, tooLate]) {
      const at = clock.now()
      await db.giftMove.create({ data: { giftId, to: 'promised', actor: 'donor', at } })
    }
    daysLater(61)
    await forgetUnmade()
    expect(await gift(late)).toMatchObject({ state: 'expired' })
    const came = { ...onTheStatement, on: '2027-01-24' } as const
    expect(await receiveTransfer(late, came)).toEqual({ outcome: 'received' })
    daysLater(65)
    await forgetUnmade()
    expect(await receiveTransfer(tooLate, came)).toEqual({ outcome: 'forgotten' })
    expect(await gift(tooLate)).toMatchObject({ state: 'expired', receivedAt: null })
  })
})

describe('Nobody receives by hand', () => {
  test.each<GiftState>(['started', 'processing', 'failed', 'expired'])(
    'a gift of Nare’s that was %s at Stripe and never promised',
    async (state) => {
      const id = await addGift({ state })
      expect(await receiveTransfer(id, onTheStatement)).toEqual({ outcome: 'not-promised', state })
      expect(await gift(id)).toMatchObject({ state, receivedAt: null, moves: [] })
      expect(await jobsFor(id)).toEqual([])
    },
  )

  test('a gift that was received through Stripe', async () => {
    const id = await addGift({ state: 'received' })
    await db.gift.update({ where: { id }, data: { receivedAt: start } })
    expect(await receiveTransfer(id, onTheStatement)).toMatchObject({
      outcome: 'received-otherwise',
      by: 'stripe',
    })
    expect(await jobsFor(id)).toEqual([])
  })

  test('a gift that can still be paid on a page', async () => {
    const id = await addGift({ state: 'promised' })
    await openPageOf(id)
    expect(await receiveTransfer(id, onTheStatement)).toEqual({ outcome: 'not-promised', state: 'promised' })
  })
})
