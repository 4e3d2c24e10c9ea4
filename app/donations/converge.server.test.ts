import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { postBankTransfer } from '#app/books/transfers.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { dayInBritain } from '#app/shared/dates.ts'
import {
  attemptOf,
  expectBooksToHold,
  giftOf,
  hearAll,
  mailsOf,
  movementsOf,
  useDesk,
} from '#tests/support/hearing.ts'
import { chargeOf, openPage, openPageOf, type Given } from '#tests/support/pages.ts'
import { convergeGift } from './converge.server.ts'
import { rewriteGift } from './gifts.server.ts'
import { queueReceipt, receiveTransfer } from './transfers.server.ts'

const desk = useDesk()

/** The fee of what was paid is known a second later. */
const feesAreKnown = () => desk().later(0.01)
const eventsOf = ({ giftId }: Given) => db.stripeEvent.findMany({ where: { giftId }, orderBy: { id: 'asc' } })

describe('A donor pays', () => {
  test('by card: received at once, with a receipt; the fee follows, and then the books have it', async () => {
    const given = await openPage(desk().stripe)
    await desk().pay(given.pageId)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received', receivedAt: expect.any(Date) as Date })
    expect(await attemptOf(given)).toMatchObject({ state: 'closed', params: null, url: null })
    expect((await attemptOf(given)).paymentId).toMatch(/^pi_/)
    expect(await movementsOf(given)).toEqual([])
    await feesAreKnown()
    await hearAll()
    expect(await movementsOf(given)).toEqual([['charge', 2500, 2500, 58]])
    expect(await mailsOf(given)).toEqual(['receipt'])
    expect((await eventsOf(given)).every(({ state }) => state === 'done')).toBe(true)
    await expectBooksToHold()
  })

  test('after two cards were declined: the tries are counted', async () => {
    const given = await openPage(desk().stripe)
    await desk().decline(given.pageId)
    await desk().decline(given.pageId, 'insufficient_funds')
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'started', declines: 2 })
    await desk().pay(given.pageId)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received', declines: 2 })
  })

  test('by a debit: on its way, and received days later, on the day that it came', async () => {
    const given = await openPage(desk().stripe)
    await desk().payLate(given.pageId, 'comes')
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'processing', receivedAt: null })
    await desk().later(5 * 24)
    await feesAreKnown()
    await hearAll()
    const { state, receivedAt } = await giftOf(given)
    expect(state).toBe('received')
    expect((receivedAt?.getTime() ?? 0) - clock.now().getTime()).toBeGreaterThan(4 * 86_400_000)
    expect(await mailsOf(given)).toEqual(['on-its-way', 'receipt'])
    await expectBooksToHold()
  })

  test('by a debit that does not come: failed, and told so; a second page may still bring it', async () => {
    const given = await openPage(desk().stripe)
    await desk().payLate(given.pageId, 'fails')
    await hearAll()
    await desk().later(5 * 24)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'failed' })
    await db.gift.update({ where: { id: given.giftId }, data: { state: 'started' } })
    const again = await openPageOf(desk().stripe, given.giftId)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'started' })
    await desk().pay(again.pageId)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received' })
    expect(await mailsOf(given)).toEqual(['on-its-way', 'not-received', 'receipt'])
  })

  test('on a second page after a debit failed, of which the site had no time to hear', async () => {
    const given = await openPage(desk().stripe)
    await desk().payLate(given.pageId, 'fails')
    await desk().later(5 * 24)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'failed' })
    const again = await openPageOf(desk().stripe, given.giftId)
    await desk().pay(again.pageId)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received' })
  })

  test('again after a debit failed, and is asked about updates only the first time', async () => {
    const email = `${randomUUID()}@example.org`
    const given = await openPage(desk().stripe, { email, updatesWording: 'Send me updates by email.' })
    await desk().payLate(given.pageId, 'fails')
    await hearAll()
    await desk().later(5 * 24)
    await hearAll()
    await desk().pay((await openPageOf(desk().stripe, given.giftId)).pageId)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received' })
    expect(await db.consent.count({ where: { supporter: { address: email } } })).toBe(1)
  })

  test('and a page of the same gift that was left open is closed: nobody pays twice', async () => {
    const given = await openPage(desk().stripe)
    await db.checkoutAttempt.update({ where: { id: given.attemptId }, data: { state: 'closed' } })
    const { pageId } = await openPageOf(desk().stripe, given.giftId)
    await desk().pay(given.pageId)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received' })
    expect(await desk().stripe.checkout.sessions.retrieve(pageId)).toMatchObject({ status: 'expired' })
    expect(await db.checkoutAttempt.count({ where: { giftId: given.giftId, state: 'closed' } })).toBe(2)
  })

  test('when nobody knows any more who they are: it is received and booked, and a person is told', async () => {
    const given = await openPage(desk().stripe)
    await db.gift.update({
      where: { id: given.giftId },
      data: { state: 'expired', name: null, email: null },
    })
    await desk().pay(given.pageId)
    await feesAreKnown()
    await hearAll()
    const { reference, state } = await giftOf(given)
    expect(state).toBe('received')
    expect(await movementsOf(given)).toEqual([['charge', 2500, 2500, 58]])
    expect(await mailsOf(given)).toEqual([])
    const parked = await db.stripeEvent.findMany({ where: { giftId: given.giftId, state: 'parked' } })
    expect(parked[0]?.reason).toBe(
      `gift ${reference} came when its donor was forgotten: nobody could be sent a receipt`,
    )
    await expectBooksToHold()
  })

  test('after it had been received by bank transfer: nothing is written twice, the books have both, a person is told', async () => {
    const given = await openPage(desk().stripe)
    await db.checkoutAttempt.update({ where: { id: given.attemptId }, data: { state: 'closed' } })
    await db.gift.update({ where: { id: given.giftId }, data: { state: 'promised' } })
    const amount = { amountMinor: 2500, currency: 'GBP' } as const
    const on = dayInBritain(clock.now())
    expect(await receiveTransfer(given.giftId, { amount, on, insteadOf: null })).toEqual({
      outcome: 'received',
    })
    await queueReceipt(given.giftId)
    await postBankTransfer(given.giftId)
    const { reference, receivedAt } = await giftOf(given)
    await desk().pay(given.pageId)
    await feesAreKnown()
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received', receivedAt })
    expect(await mailsOf(given)).toHaveLength(1)
    expect(await movementsOf(given)).toEqual([['charge', 2500, 2500, 58]])
    const parked = await db.stripeEvent.findMany({ where: { giftId: given.giftId, state: 'parked' } })
    expect(parked[0]?.reason).toBe(`gift ${reference} came by bank transfer, and was paid through Stripe too`)
    await expectBooksToHold()
  })

  test.each(['50 pounds', 'the work of a partner'])(
    'after a debit that stood in the balance did not come, and now gives %s: what came and went stays booked as it was',
    async (changed) => {
      const given = await openPage(desk().stripe)
      await desk().payLate(given.pageId, 'fails')
      await feesAreKnown()
      await hearAll()
      expect(await movementsOf(given)).toEqual([['charge', 2500, 2500, 25]])
      await desk().later(5 * 24)
      await hearAll()
      expect(await giftOf(given)).toMatchObject({ state: 'failed' })
      const amountMinor = changed === '50 pounds' ? 5000 : 2500
      const { id: partnerId } = await db.partner.findFirstOrThrow()
      await inTransaction((tx) =>
        rewriteGift(tx, given.giftId, {
          amount: { amountMinor, currency: 'GBP' },
          purpose: amountMinor === 5000 ? null : partnerId,
          name: 'Ani',
          email: 'ani@example.org',
          message: null,
          updatesWording: null,
        }),
      )
      await desk().pay((await openPageOf(desk().stripe, given.giftId)).pageId)
      await feesAreKnown()
      await hearAll()
      expect(await giftOf(given)).toMatchObject({ state: 'received' })
      expect(await mailsOf(given)).toContain('receipt')
      expect((await movementsOf(given)).map(([kind, amount]) => [kind, amount])).toEqual([
        ['charge', 2500],
        ['refund', -2500],
        ['charge', amountMinor],
      ])
      await expectBooksToHold()
    },
  )

  test.each([
    ['EUR', 0.86521],
    ['USD', 0.74894],
  ])(
    'in %s: the gift keeps its currency, the balance its pounds, and the rate its digits',
    async (currency, rate) => {
      const given = await openPage(desk().stripe, { currency, amountMinor: 4000 })
      await desk().pay(given.pageId)
      await feesAreKnown()
      await desk().refund(await chargeOf(desk().stripe, given.pageId), 1000)
      await hearAll()
      const movements = await db.movement.findMany({
        where: { giftId: given.giftId },
        orderBy: { kind: 'asc' },
      })
      expect(
        movements.map((row) => [row.kind, Number(row.givenMinor), row.givenCurrency, row.currency]),
      ).toEqual([
        ['charge', 4000, currency, 'GBP'],
        ['refund', -1000, currency, 'GBP'],
      ])
      expect(movements.map(({ exchangeRate }) => exchangeRate)).toEqual([String(rate), String(rate)])
      await expectBooksToHold()
    },
  )

  test('on a page that nobody knows of, because the answer to its request never came', async () => {
    const given = await openPage(desk().stripe, { isAnswerLost: true })
    await desk().pay(given.pageId)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received' })
    expect(await attemptOf(given)).toMatchObject({ state: 'closed', sessionId: given.pageId, params: null })
  })

  test('on a page whose attempt an older database has forgotten', async () => {
    const given = await openPage(desk().stripe)
    await db.checkoutAttempt.delete({ where: { id: given.attemptId } })
    await desk().pay(given.pageId)
    await feesAreKnown()
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received' })
    expect(await movementsOf(given)).toHaveLength(1)
  })

  test('and had ticked that they want updates: on record in the words they saw, and asked once', async () => {
    const email = `${randomUUID()}@example.org`
    const story = { email, updatesWording: 'Send me updates by email.' }
    const given = await openPage(desk().stripe, story)
    await hearAll()
    expect(await db.supporter.count({ where: { address: email } })).toBe(0)
    await desk().payLate(given.pageId, 'comes')
    await hearAll()
    await desk().later(5 * 24)
    await hearAll()
    const supporter = await db.supporter.findFirstOrThrow({
      where: { address: email },
      include: { consents: { include: { wording: true } } },
    })
    expect(supporter.consents).toMatchObject([
      {
        given: '/donate',
        confirmedAt: null,
        wording: { purpose: 'updates', text: 'Send me updates by email.' },
      },
    ])
    const [consent] = supporter.consents
    const jobs = await db.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from graphile_worker._private_jobs
      where payload ->> 'consentId' = ${consent?.id ?? ''}`
    expect(jobs).toEqual([{ count: 1 }])
  })
})

describe('Whoever reads a gift', () => {
  test('does it alone: what was read first is not written last', async () => {
    const given = await openPage(desk().stripe)
    await desk().decline(given.pageId)
    await desk().faults({ delayMs: 1500 })
    await desk().next('GET /v1/refunds', 'delay')
    const charges = async () => (await desk().log()).filter(({ route }) => route === 'GET /v1/charges').length
    const before = await charges()
    const first = convergeGift(given.giftId)
    // It has read one declined payment, and waits for the next answer.
    await expect.poll(charges, { timeout: 10_000 }).toBe(before + 1)
    await desk().decline(given.pageId)
    await Promise.all([first, convergeGift(given.giftId)])
    await desk().faults()
    expect(await giftOf(given)).toMatchObject({ declines: 2 })
  })

  test('twice writes nothing more', async () => {
    const given = await openPage(desk().stripe)
    await desk().pay(given.pageId)
    await feesAreKnown()
    await convergeGift(given.giftId)
    const all = async () => [await giftOf(given), await movementsOf(given), await mailsOf(given)]
    const once = await all()
    await Promise.all([convergeGift(given.giftId), convergeGift(given.giftId)])
    expect(await all()).toEqual(once)
    expect(await db.giftMove.count({ where: { giftId: given.giftId } })).toBe(1)
  })
})
