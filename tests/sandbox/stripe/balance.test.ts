import type Stripe from 'stripe'
import { beforeEach, expect, test } from 'vitest'
import { aGift, describeInStandIn, refusal, useService } from './service.ts'

describeInStandIn('the balance', 'nobody can pay on Stripe’s page without a browser', () => {
  const service = useService()
  const { control, give, press } = service
  beforeEach(async () => {
    await control('POST reset')
  })

  const list = async (params: Stripe.BalanceTransactionListParams = {}) =>
    (await service.stripe.balanceTransactions.list(params)).data

  test('hears of a payment when its fee is known, and that is told as a change of the charge', async () => {
    await control('PUT settings', { feeMs: 3_600_000 })
    await press(await service.stripe.checkout.sessions.create(aGift()), 'pay')
    const [charge] = (await service.stripe.charges.list()).data
    expect(charge).toMatchObject({ paid: true, balance_transaction: null })
    expect(await list()).toEqual([])
    expect(await service.types()).not.toContain('charge.updated')

    await control('PUT clock', { aheadMs: 3_600_000 })
    const [moved] = await list()
    const events = await service.stripe.events.list({ types: ['charge.succeeded', 'charge.updated'] })
    expect(events.data).toMatchObject([
      {
        type: 'charge.updated',
        request: { id: null },
        data: {
          object: { id: charge?.id, balance_transaction: moved?.id },
          previous_attributes: { balance_transaction: null },
        },
      },
      { type: 'charge.succeeded', data: { object: { id: charge?.id, balance_transaction: null } } },
    ])
    expect(await service.stripe.balanceTransactions.retrieve(moved?.id ?? '')).toEqual(
      expect.objectContaining({ source: charge?.id, amount: 1000, fee: 35, net: 965 }),
    )
  })

  test('is read newest first, page by page, in both directions', async () => {
    for (let n = 0; n < 5; n++) await give({ amount: 1000 + n })
    const all = await list()
    expect(all.map(({ amount }) => amount)).toEqual([1004, 1003, 1002, 1001, 1000])
    const amounts: number[] = []
    for await (const { amount } of service.stripe.balanceTransactions.list({ limit: 2 })) amounts.push(amount)
    expect(amounts).toEqual([1004, 1003, 1002, 1001, 1000])
    const before = await service.stripe.balanceTransactions.list({
      limit: 2,
      ending_before: all[4]?.id ?? '',
    })
    expect(before.data.map(({ amount }) => amount)).toEqual([1002, 1001])
    expect(before.has_more).toBe(true)
  })

  test('can be narrowed to a source, a type, a currency, a time', async () => {
    const first = await give({ amount: 1000 })
    await control('PUT clock', { aheadMs: 86_400_000 })
    const second = await give({ amount: 2000, currency: 'eur' })
    const refund = await service.stripe.refunds.create({ charge: second.id, amount: 500 })
    const sources = async (params: Stripe.BalanceTransactionListParams) =>
      (await list(params)).map(({ source }) => source)
    expect(await sources({})).toEqual([refund.id, second.id, first.id])
    expect(await sources({ source: first.id })).toEqual([first.id])
    expect(await sources({ source: refund.id })).toEqual([refund.id])
    expect(await sources({ type: 'charge' })).toEqual([second.id, first.id])
    expect(await sources({ currency: 'gbp' })).toHaveLength(3)
    expect(await sources({ currency: 'eur' })).toEqual([])
    expect(await sources({ created: { gte: second.created } })).toEqual([refund.id, second.id])
    expect(await sources({ created: { lt: second.created } })).toEqual([first.id])
    expect(await sources({ created: { gte: second.created }, type: 'refund' })).toEqual([refund.id])
    expect(await refusal(list({ payout: 'po_nobody' }))).toMatchObject({ code: 'resource_missing' })
  })

  test('shows the whole source of a movement to whoever asks', async () => {
    const charge = await give()
    expect(await list({ expand: ['data.source'] })).toMatchObject([{ source: { id: charge.id } }])
  })
})
