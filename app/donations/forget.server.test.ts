import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { addGift } from '#tests/support/gifts.ts'
import { forgetUnmade } from './forget.server.ts'
import type { GiftState } from './gift.ts'

const start = clock.now()
beforeEach(async () => {
  clock.set(start)
  await db.gift.deleteMany()
})
afterEach(() => clock.set(start))

const daysLater = (days: number) => clock.set(new Date(start.getTime() + days * 86_400_000))

/** A gift with a message, and a request for its page. */
async function aGift(state: GiftState, page?: 'asked' | 'open' | 'refused' | 'closed'): Promise<string> {
  const id = await addGift({ state })
  await db.gift.update({ where: { id }, data: { message: 'Keep well.', updatesWording: 'Yes.' } })
  if (page) {
    await db.checkoutAttempt.create({
      data: {
        ...{ giftId: id, state: page, params: { customer_email: 'ani@example.org' } },
        ...(page === 'open' ? { sessionId: `cs_${id}`, url: 'https://pay.example/1' } : {}),
        problem: page === 'refused' ? 'server_error' : null,
        createdAt: clock.now(),
        expiresAt: new Date(clock.now().getTime() + 23 * 3_600_000),
      },
    })
  }
  return id
}

const gift = (id: string) =>
  db.gift.findUniqueOrThrow({ where: { id }, include: { checkouts: true, moves: true } })

const nobody = { name: null, email: null, message: null, updatesWording: null }
const ani = { name: 'Ani', email: 'ani@example.org', message: 'Keep well.', updatesWording: 'Yes.' }

describe('Whom a gift that was not made came from', () => {
  test.each(['expired', 'failed'] as const)('is forgotten three days after it %s', async (state) => {
    const id = await aGift(state, 'closed')
    daysLater(2.9)
    expect(await forgetUnmade()).toEqual({ ended: 0, forgotten: 0 })
    expect(await gift(id)).toMatchObject(ani)
    daysLater(3.1)
    expect(await forgetUnmade()).toEqual({ ended: 0, forgotten: 1 })
    expect(await gift(id)).toMatchObject({ ...nobody, state, checkouts: [{ params: null, url: null }] })
    expect(await forgetUnmade()).toEqual({ ended: 0, forgotten: 0 })
  })

  test.each(['asked', 'refused', 'closed', undefined] as const)(
    'is forgotten three days after the end of a page that nobody could be sent to (%s), and the gift ends',
    async (page) => {
      const id = await aGift('started', page)
      const end = page ? 23 / 24 : 0
      daysLater(end + 2.9)
      expect(await forgetUnmade()).toEqual({ ended: 0, forgotten: 0 })
      daysLater(end + 3.1)
      expect(await forgetUnmade()).toEqual({ ended: 1, forgotten: 1 })
      const forgotten = await gift(id)
      expect(forgotten).toMatchObject({ ...nobody, state: 'expired' })
      expect(forgotten.moves).toMatchObject([{ from: 'started', to: 'expired', actor: 'clock' }])
      expect(JSON.stringify(forgotten.checkouts)).not.toContain('example.org')
    },
  )

  test('is kept while Stripe has not said what became of the page; it is asked', async () => {
    const id = await aGift('started', 'open')
    daysLater(30)
    expect(await forgetUnmade()).toEqual({ ended: 0, forgotten: 0 })
    expect(await gift(id)).toMatchObject({ ...ani, state: 'started' })
    const jobs = await db.$queryRaw`
      select key from graphile_worker.jobs where key = ${`donations.converge ${id}`}`
    expect(jobs).toHaveLength(1)
  })

  test('who promised it is waited for 60 days, and forgotten three days later', async () => {
    const id = await aGift('promised')
    daysLater(59.9)
    expect(await forgetUnmade()).toEqual({ ended: 0, forgotten: 0 })
    daysLater(60.1)
    expect(await forgetUnmade()).toEqual({ ended: 1, forgotten: 0 })
    expect(await gift(id)).toMatchObject({ ...ani, state: 'expired', moves: [{ actor: 'clock' }] })
    daysLater(63.2)
    expect(await forgetUnmade()).toEqual({ ended: 0, forgotten: 1 })
    expect(await gift(id)).toMatchObject(nobody)
  })

  test('begun anew is not forgotten', async () => {
    const id = await aGift('started', 'closed')
    daysLater(3.9)
    await db.checkoutAttempt.create({
      data: {
        ...{ giftId: id, state: 'asked', params: {}, createdAt: clock.now() },
        expiresAt: new Date(clock.now().getTime() + 23 * 3_600_000),
      },
    })
    daysLater(4.5)
    expect(await forgetUnmade()).toEqual({ ended: 0, forgotten: 0 })
  })
})

test.each(['processing', 'received'] as const)('whoever gave is not forgotten: %s', async (state) => {
  const id = await aGift(state, 'closed')
  daysLater(400)
  expect(await forgetUnmade()).toEqual({ ended: 0, forgotten: 0 })
  expect(await gift(id)).toMatchObject({ ...ani, state })
})
