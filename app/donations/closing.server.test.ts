import { describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { attemptOf, giftOf, hearAll, mailsOf, useDesk } from '#tests/support/hearing.ts'
import { openPage, openPageOf, type Given } from '#tests/support/pages.ts'
import { convergeGift } from './converge.server.ts'
import { findGiftForm } from './gift-pages.server.ts'
import { moveGift } from './moves.server.ts'

const desk = useDesk()

describe('A payment page', () => {
  test('that runs out ends its gift, and forgets what was asked', async () => {
    const given = await openPage(desk().stripe)
    await desk().later(25)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'expired' })
    expect(await attemptOf(given)).toMatchObject({ state: 'closed', params: null, url: null })
    expect(await mailsOf(given)).toEqual([])
  })

  test('on which five payments were declined is closed at Stripe, once, and its gift ends', async () => {
    const given = await openPage(desk().stripe)
    for (const _ of [1, 2, 3, 4]) await desk().decline(given.pageId)
    await hearAll()
    expect((await desk().stripe.checkout.sessions.retrieve(given.pageId)).status).toBe('open')
    await desk().decline(given.pageId)
    await hearAll()
    expect((await desk().stripe.checkout.sessions.retrieve(given.pageId)).status).toBe('expired')
    expect(await giftOf(given)).toMatchObject({ state: 'expired', declines: 5 })
    const closings = await desk().accepted('POST /v1/checkout/sessions/:id/expire')
    expect(closings.filter(({ id }) => id === given.pageId)).toHaveLength(1)
    expect(closings.at(-1)?.key).toContain(given.attemptId)
  })

  test('keeps its own declined payments, so that whoever left the next page is not told of them', async () => {
    const first = await openPage(desk().stripe)
    const back = async () => (await findGiftForm(db, first.giftId))?.back
    await desk().decline(first.pageId)
    await hearAll()
    expect(await back()).toBe('declined')
    for (const _ of [2, 3, 4, 5]) await desk().decline(first.pageId)
    await hearAll()
    expect(await back()).toBe('closed')
    const next = await openPageOf(desk().stripe, first.giftId)
    expect(await back()).toBe('left')
    await convergeGift(first.giftId)
    expect([await attemptOf(first), await attemptOf(next)]).toMatchObject([{ declines: 5 }, { declines: 0 }])
    expect(await back()).toBe('left')
  })

  test('is closed also when Stripe fails at it and remembers that it did', async () => {
    const given = await openPage(desk().stripe)
    for (const _ of [1, 2, 3, 4, 5]) await desk().decline(given.pageId)
    await desk().next('POST /v1/checkout/sessions/:id/expire', 'server-error', 2)
    await expect(hearAll()).rejects.toThrow()
    clock.set(new Date(clock.now().getTime() + 61_000))
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'expired' })
  })

  /** It runs out after a declined payment, and while that is read its donor does something. */
  async function runsOutWhile(given: Given, donorActs: () => Promise<unknown>): Promise<void> {
    await desk().decline(given.pageId)
    await desk().later(25)
    await desk().faults({ delayMs: 1500 })
    await desk().next('GET /v1/refunds', 'delay')
    const chargesRead = async () =>
      (await desk().log()).filter(({ route }) => route === 'GET /v1/charges').length
    const before = await chargesRead()
    const reading = convergeGift(given.giftId)
    await expect.poll(chargesRead, { timeout: 10_000 }).toBe(before + 1)
    await donorActs()
    await reading
    await desk().faults()
  }

  test('that runs out does not end a gift which its donor promises to transfer while it is read', async () => {
    const given = await openPage(desk().stripe)
    await runsOutWhile(given, () => inTransaction((tx) => moveGift(tx, given.giftId, 'promised', 'donor')))
    expect(await giftOf(given)).toMatchObject({ state: 'promised' })
    await convergeGift(given.giftId)
    expect(await giftOf(given)).toMatchObject({ state: 'promised' })
  })

  test('that runs out does not end a gift for which another is asked while it is read', async () => {
    const given = await openPage(desk().stripe)
    const { attemptId: id, giftId } = given
    await runsOutWhile(given, async () => {
      await db.checkoutAttempt.update({ where: { id }, data: { state: 'closed' } })
      await openPageOf(desk().stripe, giftId, {}, true)
    })
    expect(await giftOf(given)).toMatchObject({ state: 'started' })
  })

  test('that runs out does not end a gift which has another page by then', async () => {
    const given = await openPage(desk().stripe)
    await desk().later(25)
    await db.checkoutAttempt.update({ where: { id: given.attemptId }, data: { state: 'closed' } })
    const other = await openPageOf(desk().stripe, given.giftId, {}, true)
    await hearAll()
    expect(await giftOf(given)).toMatchObject({ state: 'started' })
    expect(await attemptOf(other)).toMatchObject({ state: 'asked' })
  })
})
