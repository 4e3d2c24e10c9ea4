import { describe, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { expectBooksToHold, giftOf, hearAll, mailsOf, movementsOf, useDesk } from '#tests/support/hearing.ts'
import { openPage, openPageOf } from '#tests/support/pages.ts'
import { rewriteGift } from './gifts.server.ts'
const desk = useDesk()
describe('A donor whose debit does not come', () => {
  test.each([
    ['the amount', { amountMinor: 5000 }],
    ['what it is for', { toPartner: true }],
  ])('and who gives again after changing %s', async (_, how) => {
    const { amountMinor = 2500, toPartner = false } = how as { amountMinor?: number; toPartner?: boolean }
    const given = await openPage(desk().stripe)
    await desk().payLate(given.pageId, 'fails')
    await desk().later(0.01)
    await hearAll()
    expect(await movementsOf(given)).toEqual([['charge', 2500, 2500, 25]])
    await desk().later(5 * 24)
    await hearAll()
    expect((await giftOf(given)).state).toBe('failed')
    const { id: partner } = await db.partner.findFirstOrThrow()
    const wish = {
      amount: { amountMinor, currency: 'GBP' as const },
      purpose: toPartner ? partner : null,
      name: 'Ani',
      email: 'ani@example.org',
      message: null,
      updatesWording: null,
    }
    await inTransaction((tx) => rewriteGift(tx, given.giftId, wish))
    const again = await openPageOf(desk().stripe, given.giftId)
    await desk().pay(again.pageId)
    await desk().later(0.01)
    await hearAll()
    expect((await giftOf(given)).state).toBe('received')
    expect(await mailsOf(given)).toContain('receipt')
    console.log(await movementsOf(given))
    await expectBooksToHold()
  })
})
