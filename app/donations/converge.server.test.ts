import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { balances, postMovement } from '#app/books/books.server.ts'
import { differencesFrom } from '#app/books/verify.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { listPaymentNews } from '#app/platform/payments-news.server.ts'
import { listBalanceTransactions } from '#app/platform/payments.server.ts'
import { remember } from '#app/platform/remember.server.ts'
import { startFromSeed } from '#tests/support/database.ts'
import { chargeOf, openPage, openPageOf, type Given } from '#tests/support/pages.ts'
import { openPaymentDesk, type PaymentDesk } from '#tests/support/payment-desk.ts'
import { readBalance } from './balance.server.ts'
import { convergeGift } from './converge.server.ts'
import { hear } from './hear.server.ts'
import { keepNews } from './inbox.server.ts'

let desk: PaymentDesk
beforeAll(startFromSeed)
beforeAll(async () => {
  desk = await openPaymentDesk()
  // This process asks the desk, too.
  remember('stripe', () => desk.stripe)
})
afterAll(() => desk.close())

async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return items
}

/** Everything that Stripe has told is heard, and every gift that it is about is read. */
async function hearAll(): Promise<void> {
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

const giftOf = ({ giftId }: Given) => db.gift.findUniqueOrThrow({ where: { id: giftId } })
const attemptOf = ({ attemptId }: Given) => db.checkoutAttempt.findUniqueOrThrow({ where: { id: attemptId } })
const mailsOf = async ({ giftId }: Given) =>
  (await db.giftMail.findMany({ where: { giftId }, orderBy: { queuedAt: 'asc' } })).map(({ kind }) => kind)
const eventsOf = ({ giftId }: Given) => db.stripeEvent.findMany({ where: { giftId }, orderBy: { id: 'asc' } })
const movementsOf = async ({ giftId }: Given) =>
  (await db.movement.findMany({ where: { giftId }, orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }] })).map(
    ({ kind, givenMinor, grossMinor, feeMinor }) =>
      [kind, ...[givenMinor, grossMinor, feeMinor].map(Number)] as const,
  )
/** The fee of what was paid is known a second later. */
const feesAreKnown = () => desk.later(0.01)

/** Nothing about the books does not hold, against Stripe's own list. */
async function expectBooksToHold(): Promise<void> {
  for (const { id } of await db.movement.findMany({ where: { posted: null } })) await postMovement(id)
  const listedAt = clock.now()
  expect(await differencesFrom(await all(listBalanceTransactions()), listedAt)).toEqual([])
}

describe('A donor pays', () => {
  test('by card: received at once, with a receipt; the fee follows, and then the books have it', async () => {
    const given = await openPage(desk.stripe)
    await desk.pay(given.pageId)
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
    const given = await openPage(desk.stripe)
    await desk.decline(given.pageId)
    await desk.decline(given.pageId, 'insufficient_funds')
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'started', declines: 2 })
    await desk.pay(given.pageId)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received', declines: 2 })
  })

  test('by a debit: on its way, and received days later, on the day that it came', async () => {
    const given = await openPage(desk.stripe)
    await desk.payLate(given.pageId, 'comes')
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'processing', receivedAt: null })
    await desk.later(5 * 24)
    await feesAreKnown()
    await hearAll()
    const { state, receivedAt } = await giftOf(given)
    expect(state).toBe('received')
    expect((receivedAt?.getTime() ?? 0) - clock.now().getTime()).toBeGreaterThan(4 * 86_400_000)
    expect(await mailsOf(given)).toEqual(['on-its-way', 'receipt'])
    await expectBooksToHold()
  })

  test('by a debit that does not come: failed, and told so; a second page may still bring it', async () => {
    const given = await openPage(desk.stripe)
    await desk.payLate(given.pageId, 'fails')
    await hearAll()
    await desk.later(5 * 24)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'failed' })
    await db.gift.update({ where: { id: given.giftId }, data: { state: 'started' } })
    const again = await openPageOf(desk.stripe, given.giftId)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'started' })
    await desk.pay(again.pageId)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received' })
    expect(await mailsOf(given)).toEqual(['on-its-way', 'not-received', 'receipt'])
  })

  test.each([
    ['EUR', 0.86521],
    ['USD', 0.74894],
  ])(
    'in %s: the gift keeps its currency, the balance its pounds, and the rate its digits',
    async (currency, rate) => {
      const given = await openPage(desk.stripe, { currency, amountMinor: 4000 })
      await desk.pay(given.pageId)
      await feesAreKnown()
      await desk.refund(await chargeOf(desk.stripe, given.pageId), 1000)
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
    const given = await openPage(desk.stripe, { isAnswerLost: true })
    await desk.pay(given.pageId)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received' })
    expect(await attemptOf(given)).toMatchObject({ state: 'closed', sessionId: given.pageId, params: null })
  })

  test('on a page whose attempt an older database has forgotten', async () => {
    const given = await openPage(desk.stripe)
    await db.checkoutAttempt.delete({ where: { id: given.attemptId } })
    await desk.pay(given.pageId)
    await feesAreKnown()
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'received' })
    expect(await movementsOf(given)).toHaveLength(1)
  })

  test('and had ticked that they want updates: on record in the words they saw, and asked once', async () => {
    const email = `${randomUUID()}@example.org`
    const story = { email, updatesWording: 'Send me updates by email.' }
    const given = await openPage(desk.stripe, story)
    await hearAll()
    expect(await db.supporter.count({ where: { address: email } })).toBe(0)
    await desk.payLate(given.pageId, 'comes')
    await hearAll()
    await desk.later(5 * 24)
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

describe('A payment page', () => {
  test('that runs out ends its gift, and forgets what was asked', async () => {
    const given = await openPage(desk.stripe)
    await desk.later(25)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'expired' })
    expect(await attemptOf(given)).toMatchObject({ state: 'closed', params: null, url: null })
    expect(await mailsOf(given)).toEqual([])
  })

  test('on which five payments were declined is closed at Stripe, once, and its gift ends', async () => {
    const given = await openPage(desk.stripe)
    for (const _ of [1, 2, 3, 4]) await desk.decline(given.pageId)
    await hearAll()
    expect((await desk.stripe.checkout.sessions.retrieve(given.pageId)).status).toBe('open')
    await desk.decline(given.pageId)
    await hearAll()
    expect((await desk.stripe.checkout.sessions.retrieve(given.pageId)).status).toBe('expired')
    expect(await giftOf(given)).toMatchObject({ state: 'expired', declines: 5 })
    const closings = await desk.accepted('POST /v1/checkout/sessions/:id/expire')
    expect(closings.filter(({ id }) => id === given.pageId)).toHaveLength(1)
    expect(closings.at(-1)?.key).toContain(given.attemptId)
  })

  test('is closed also when Stripe fails at it and remembers that it did', async () => {
    const given = await openPage(desk.stripe)
    for (const _ of [1, 2, 3, 4, 5]) await desk.decline(given.pageId)
    await desk.next('POST /v1/checkout/sessions/:id/expire', 'server-error')
    await expect(hearAll()).rejects.toThrow()
    clock.set(new Date(clock.now().getTime() + 61_000))
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'expired' })
  })

  test('that runs out does not end a gift which has another page by then', async () => {
    const given = await openPage(desk.stripe)
    await desk.later(25)
    await db.checkoutAttempt.update({ where: { id: given.attemptId }, data: { state: 'closed' } })
    const other = await openPageOf(desk.stripe, given.giftId, {}, true)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'started' })
    expect(await attemptOf(other)).toMatchObject({ state: 'asked' })
  })
})

describe('Money goes back', () => {
  async function paid(story: Parameters<typeof openPage>[1] = {}) {
    const given = await openPage(desk.stripe, story)
    await desk.pay(given.pageId)
    await feesAreKnown()
    return { given, charge: await chargeOf(desk.stripe, given.pageId) }
  }

  test('in parts, each told to the donor once, and one of them comes again', async () => {
    const { given, charge } = await paid()
    const first = await desk.refund(charge, 1000)
    const second = await desk.refund(charge, 500)
    await hearAll()
    await desk.failRefund(first.id)
    await hearAll()
    await desk.refund(charge, 2000)
    await hearAll()
    expect((await movementsOf(given)).map(([kind, amount]) => `${kind} ${amount}`).sort()).toEqual([
      'charge 2500',
      'refund -1000',
      'refund -2000',
      'refund -500',
      'refund_failure 1000',
    ])
    const mails = await mailsOf(given)
    expect(mails.filter((kind) => kind.startsWith('returned:'))).toHaveLength(3)
    expect(mails).toContain(`returned:${second.id}`)
    expect(await giftOf(given)).toMatchObject({ state: 'received' })
    await expectBooksToHold()
  })

  test.each(['won', 'lost'] as const)(
    'because a bank takes it back, %s, without a word to the donor',
    async (end) => {
      const { given, charge } = await paid()
      const { id } = await desk.dispute(charge)
      await hearAll()
      await desk.closeDispute(id, end)
      await hearAll()
      expect((await movementsOf(given)).map(([kind, amount, , fee]) => [kind, amount, fee]).sort()).toEqual([
        ['charge', 2500, 58],
        ['dispute', -2500, 2000],
        ...(end === 'won' ? [['dispute_reversal', 2500, 0]] : []),
      ])
      expect(await mailsOf(given)).toEqual(['receipt'])
      await expectBooksToHold()
    },
  )

  test('in part to a bank, of euros, all of which come again', async () => {
    const { given, charge } = await paid({ currency: 'EUR', amountMinor: 3000 })
    const { id } = await desk.dispute(charge, { amount: 1001 })
    await desk.closeDispute(id, 'won')
    await hearAll()
    expect((await movementsOf(given)).map(([kind, amount]) => [kind, amount]).sort()).toEqual([
      ['charge', 3000],
      ['dispute', -1001],
      ['dispute_reversal', 1001],
    ])
    await expectBooksToHold()
  })

  test('not while a bank only asks', async () => {
    const { given, charge } = await paid()
    const { id } = await desk.dispute(charge, { inquiry: true })
    await desk.closeDispute(id, 'lost')
    await hearAll()
    expect(await movementsOf(given)).toHaveLength(1)
  })
})

describe('What is none of ours', () => {
  const parkedAbout = async (objectId: string) =>
    db.stripeEvent.findFirstOrThrow({ where: { objectId, state: 'parked' } })

  test('is parked with a reason, and its money waits in suspense', async () => {
    const before = await suspense()
    const foreign = await desk.stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [
        { quantity: 1, price_data: { currency: 'gbp', unit_amount: 700, product_data: { name: 'A book' } } },
      ],
      success_url: 'http://localhost/',
    })
    await desk.pay(foreign.id)
    await feesAreKnown()
    const charge = await chargeOf(desk.stripe, foreign.id)
    await desk.refund(charge, 200)
    await hearAll()
    expect((await parkedAbout(charge)).reason).toContain('made by somebody else')
    await readBalance()
    await expectBooksToHold()
    expect(await suspense()).toBe(before - 500)
  })

  test('a gift that we do not have, too', async () => {
    const given = await openPage(desk.stripe)
    await desk.pay(given.pageId)
    await db.gift.delete({ where: { id: given.giftId } })
    await feesAreKnown()
    await hearAll()
    await readBalance()
    expect((await parkedAbout(given.pageId)).reason).toContain(`gift ${given.giftId}, which we do not have`)
    await expectBooksToHold()
  })

  test('an object that Stripe does not have', async () => {
    const news = { id: 'evt_gone', type: 'charge.refunded', objectId: 'ch_gone', occurredAt: clock.now() }
    await inTransaction((tx) => keepNews(tx, news, 'webhook'))
    await hear('evt_gone')
    expect((await parkedAbout('ch_gone')).reason).toContain('Stripe has no ch_gone')
  })

  test('a type that we have no word for; and what never concerns us is noted', async () => {
    const at = clock.now()
    const told = [
      { id: 'evt_invoice', type: 'invoice.paid', objectId: 'in_1', occurredAt: at },
      { id: 'evt_product', type: 'product.created', objectId: 'prod_1', occurredAt: at },
    ]
    for (const each of told) {
      await inTransaction((tx) => keepNews(tx, each, 'webhook'))
      await hear(each.id)
    }
    expect((await parkedAbout('in_1')).reason).toBe('We have no word for news of the type invoice.paid')
    expect(await db.stripeEvent.findUnique({ where: { id: 'evt_product' } })).toMatchObject({
      state: 'noted',
    })
  })

  test('a payment of another amount than its gift: parked, the gift not received, the money in suspense', async () => {
    const before = await suspense()
    const given = await openPage(desk.stripe, { asked: { amountMinor: 2000 } })
    await desk.pay(given.pageId)
    await feesAreKnown()
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'started' })
    expect(await movementsOf(given)).toEqual([])
    const events = await eventsOf(given)
    expect(events.every(({ state }) => state === 'parked')).toBe(true)
    expect(events[0]?.reason).toMatch(/is of £20, and gift G-\w+ of £25/)
    await expectBooksToHold()
    expect(await suspense()).toBe(before - 2000)
  })

  /** What stands in suspense, in pence. */
  async function suspense(): Promise<number> {
    const all = await balances(db)
    return Number(
      all.find(({ account, currency }) => account === 'suspense' && currency === 'GBP')?.amountMinor ?? 0,
    )
  }
})

describe('Whoever reads a gift', () => {
  test('does it alone: what was read first is not written last', async () => {
    const given = await openPage(desk.stripe)
    await desk.decline(given.pageId)
    await desk.faults({ delayMs: 1500 })
    await desk.next('GET /v1/refunds', 'delay')
    const charges = async () => (await desk.log()).filter(({ route }) => route === 'GET /v1/charges').length
    const before = await charges()
    const first = convergeGift(given.giftId)
    // It has read one declined payment, and waits for the next answer.
    await expect.poll(charges, { timeout: 10_000 }).toBe(before + 1)
    await desk.decline(given.pageId)
    await Promise.all([first, convergeGift(given.giftId)])
    await desk.faults()
    expect(await giftOf(given)).toMatchObject({ declines: 2 })
  })

  test('twice writes nothing more', async () => {
    const given = await openPage(desk.stripe)
    await desk.pay(given.pageId)
    await feesAreKnown()
    await convergeGift(given.giftId)
    const all = async () => [await giftOf(given), await movementsOf(given), await mailsOf(given)]
    const once = await all()
    await Promise.all([convergeGift(given.giftId), convergeGift(given.giftId)])
    expect(await all()).toEqual(once)
    expect(await db.giftMove.count({ where: { giftId: given.giftId } })).toBe(1)
  })
})
