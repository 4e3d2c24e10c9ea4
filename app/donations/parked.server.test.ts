import { describe, expect, test } from 'vitest'
import { balances } from '#app/books/books.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { expectBooksToHold, giftOf, hearAll, movementsOf, useDesk } from '#tests/support/hearing.ts'
import { chargeOf, openPage, type Given } from '#tests/support/pages.ts'
import { readBalance } from './balance.server.ts'
import { hear } from './hear.server.ts'
import { keepNews } from './inbox.server.ts'
import { sweep } from './sweep.server.ts'

const desk = useDesk()

/** The fee of what was paid is known a second later. */
const feesAreKnown = () => desk().later(0.01)
const eventsOf = ({ giftId }: Given) => db.stripeEvent.findMany({ where: { giftId }, orderBy: { id: 'asc' } })

describe('What is none of ours', () => {
  const parkedAbout = async (objectId: string) =>
    db.stripeEvent.findFirstOrThrow({ where: { objectId, state: 'parked' } })

  test('is parked with a reason, and its money waits in suspense', async () => {
    const before = await suspense()
    const foreign = await desk().stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [
        { quantity: 1, price_data: { currency: 'gbp', unit_amount: 700, product_data: { name: 'A book' } } },
      ],
      success_url: 'http://localhost/',
    })
    await desk().pay(foreign.id)
    await feesAreKnown()
    const charge = await chargeOf(desk().stripe, foreign.id)
    await desk().refund(charge, 200)
    await hearAll()
    expect((await parkedAbout(charge)).reason).toContain('made by somebody else')
    await readBalance()
    await expectBooksToHold()
    expect(await suspense()).toBe(before - 500)
  })

  test('a gift that we do not have, too', async () => {
    const given = await openPage(desk().stripe)
    await desk().pay(given.pageId)
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
    const given = await openPage(desk().stripe, { asked: { amountMinor: 2000 } })
    await desk().pay(given.pageId)
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

  test('is not what a gift cannot explain at this moment: it is looked at again', async () => {
    const given = await openPage(desk().stripe)
    await desk().pay(given.pageId)
    await feesAreKnown()
    await desk().next('GET /v1/checkout/sessions/:id', { error: 'no_such' })
    await readBalance()
    const charge = await chargeOf(desk().stripe, given.pageId)
    const { balance_transaction: line } = await desk().stripe.charges.retrieve(charge)
    expect(await db.movement.count({ where: { id: line as string } })).toBe(0)
    await readBalance()
    expect(await movementsOf(given)).toHaveLength(1)
  })

  test('keeps nothing else from the books when it cannot be read, and is read again', async () => {
    const [one, other] = [await openPage(desk().stripe), await openPage(desk().stripe)]
    for (const { pageId } of [one, other]) await desk().pay(pageId)
    await feesAreKnown()
    const counts = async () => [(await movementsOf(one)).length, (await movementsOf(other)).length].sort()
    const marks = () => db.sweepMark.findMany()
    const before = await marks()
    await desk().next('GET /v1/charges/:id', 'bad-gateway')
    await expect(readBalance()).rejects.toThrow()
    expect(await counts()).toEqual([0, 1])
    expect(await marks(), 'it has not been read to its end').toEqual(before)
    await readBalance()
    expect(await counts()).toEqual([1, 1])
  })

  test('is looked for again when Stripe’s list of events breaks off', async () => {
    await sweep()
    const marks = () => db.sweepMark.findMany({ where: { name: 'events' } })
    const before = await marks()
    await desk().next('GET /v1/events', 'bad-gateway')
    await expect(sweep()).rejects.toThrow()
    expect(await marks()).toEqual(before)
    await sweep()
    expect(await marks()).not.toEqual(before)
  })

  /** What stands in suspense, in pence. */
  async function suspense(): Promise<number> {
    const all = await balances(db)
    return Number(
      all.find(({ account, currency }) => account === 'suspense' && currency === 'GBP')?.amountMinor ?? 0,
    )
  }
})
