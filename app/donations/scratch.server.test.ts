import { createServer } from 'node:http'
import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { remember } from '#app/platform/remember.server.ts'
import { forgetUnmade } from './forget.server.ts'
import {
  attemptOf,
  expectBooksToHold,
  giftOf,
  hearAll,
  mailsOf,
  movementsOf,
  useDesk,
} from '#tests/support/hearing.ts'
import { chargeOf, openPage, openPageOf } from '#tests/support/pages.ts'
import { convergeGift } from './converge.server.ts'
import { sweep } from './sweep.server.ts'
import { page, charge, line, dispute, disputed, refund } from '#tests/support/readings.ts'
import { movementsOf as movementsOfCharge } from './charge-movements.ts'
import { judge } from './payment.ts'

const desk = useDesk()
void [
  forgetUnmade,
  sweep,
  clock,
  db,
  createServer,
  Stripe,
  afterAll,
  beforeAll,
  remember,
  convergeGift,
  mailsOf,
  attemptOf,
  expectBooksToHold,
  chargeOf,
  judge,
  refund,
  page,
]

test('second page open after the first is paid', async () => {
  const given = await openPage(desk().stripe)
  await db.checkoutAttempt.update({ where: { id: given.attemptId }, data: { state: 'closed' } })
  const again = await openPageOf(desk().stripe, given.giftId)
  await desk().pay(given.pageId)
  await hearAll()
  expect((await giftOf(given)).state).toBe('received')
  expect((await desk().stripe.checkout.sessions.retrieve(again.pageId)).status).toBe('expired')
})

test('forgotten, then paid', async () => {
  const given = await openPage(desk().stripe)
  await db.gift.update({ where: { id: given.giftId }, data: { state: 'expired', name: null, email: null } })
  await desk().pay(given.pageId)
  await desk().later(0.01)
  await hearAll()
  console.log(
    await giftOf(given),
    await movementsOf(given),
    await db.stripeEvent.findMany({ where: { giftId: given.giftId } }),
  )
})

describe('stability', () => {
  const gift = {
    id: '7b6c6c3e-7d1e-4a0e-9c7c-0a4f5f3e0001',
    amount: { amountMinor: 4004, currency: 'EUR' as const },
    parts: [{ partnerId: null, amountMinor: 4004 }],
  }
  const rate = { exchangeRate: '0.86' }
  test('second take', () => {
    const take = disputed(-3, rate)
    const ch = charge({
      amountMinor: 4004,
      currency: 'EUR',
      line: line('charge', 3443, rate),
      disputes: [dispute(4, [take])],
    })
    const first = movementsOfCharge(gift, ch, new Map())
    const gave = disputed(3, rate)
    const again = disputed(-3, rate)
    const then = movementsOfCharge(gift, { ...ch, disputes: [dispute(4, [take, gave, again])] }, new Map())
    const of = (m: typeof first) => m.movements.find(({ id }) => id === take.id)
    expect(of(then)).toEqual(of(first))
  })
})
