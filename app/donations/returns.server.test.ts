import { describe, expect, test } from 'vitest'
import { expectBooksToHold, giftOf, hearAll, mailsOf, movementsOf, useDesk } from '#tests/support/hearing.ts'
import { chargeOf, openPage } from '#tests/support/pages.ts'

const desk = useDesk()

/** The fee of what was paid is known a second later. */
const feesAreKnown = () => desk().later(0.01)

describe('Money goes back', () => {
  async function paid(story: Parameters<typeof openPage>[1] = {}) {
    const given = await openPage(desk().stripe, story)
    await desk().pay(given.pageId)
    await feesAreKnown()
    return { given, charge: await chargeOf(desk().stripe, given.pageId) }
  }

  test('in parts, each told to the donor once, and one of them comes again', async () => {
    const { given, charge } = await paid()
    const first = await desk().refund(charge, 1000)
    const second = await desk().refund(charge, 500)
    await hearAll()
    await desk().failRefund(first.id)
    await hearAll()
    await desk().refund(charge, 2000)
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
      const { id } = await desk().dispute(charge)
      await hearAll()
      await desk().closeDispute(id, end)
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
    const { id } = await desk().dispute(charge, { amount: 1001 })
    await desk().closeDispute(id, 'won')
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
    const { id } = await desk().dispute(charge, { inquiry: true })
    await desk().closeDispute(id, 'lost')
    await hearAll()
    expect(await movementsOf(given)).toHaveLength(1)
  })
})
