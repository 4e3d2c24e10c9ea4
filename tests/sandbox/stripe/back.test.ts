import { beforeEach, expect, test } from 'vitest'
import { describeInStandIn, refusal, useService } from './service.ts'

describeInStandIn('money that goes back', 'nobody can pay on Stripe’s page without a browser', () => {
  const service = useService()
  const { control } = service
  beforeEach(async () => {
    await control('POST reset')
  })

  const charge = (id: string) => service.stripe.charges.retrieve(id)
  const sum = async () => (await service.movements()).reduce((all, { net }) => all + net, 0)

  test('in full goes back once, and its fee is not given back', async () => {
    const paid = await service.give()
    const refund = await service.stripe.refunds.create({
      charge: paid.id,
      reason: 'requested_by_customer',
      metadata: { refund: '3' },
      expand: ['balance_transaction'],
    })
    expect(refund).toMatchObject({
      amount: 1000,
      status: 'succeeded',
      metadata: { refund: '3' },
      balance_transaction: { amount: -1000, fee: 0, type: 'refund', reporting_category: 'refund' },
    })
    expect(await charge(paid.id)).toMatchObject({ refunded: true, amount_refunded: 1000 })
    expect(await sum()).toBe(-35)
    expect(await refusal(service.stripe.refunds.create({ charge: paid.id }))).toMatchObject({
      code: 'charge_already_refunded',
    })
    expect((await service.types()).slice(-2)).toEqual(['refund.created', 'charge.refunded'])
  })

  test('in parts never comes to more than was given', async () => {
    const paid = await service.give()
    const part = (amount: number) =>
      service.stripe.refunds.create({ payment_intent: paid.payment_intent as string, amount })
    await part(300)
    await part(500)
    expect(await charge(paid.id)).toMatchObject({ refunded: false, amount_refunded: 800 })
    expect(await refusal(part(201))).toMatchObject({ statusCode: 400, param: 'amount' })
    expect(await refusal(part(0))).toMatchObject({ statusCode: 400 })
    await part(200)
    expect(await charge(paid.id)).toMatchObject({ refunded: true, amount_refunded: 1000 })
    expect((await service.stripe.refunds.list({ charge: paid.id })).data.map(({ amount }) => amount)).toEqual(
      [200, 500, 300],
    )
  })

  test('and does not arrive comes back as a movement of its own', async () => {
    const paid = await service.give()
    const { id } = await service.stripe.refunds.create({ charge: paid.id, amount: 400 })
    await control('PUT clock', { aheadMs: 5 * 86_400_000 })
    await control(`POST refunds/${id}/fail`, { reason: 'expired_or_canceled_card' })
    const failed = await service.stripe.refunds.retrieve(id, { expand: ['failure_balance_transaction'] })
    expect(failed).toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
      failure_balance_transaction: { amount: 400, type: 'refund_failure' },
    })
    expect(await sum()).toBe(965)
    expect(await charge(paid.id)).toMatchObject({ amount_refunded: 0, refunded: false })
    expect((await service.types()).slice(-3)).toEqual(['refund.updated', 'refund.failed', 'refund.updated'])
    await expect(control(`POST refunds/${id}/fail`)).rejects.toThrow('That is over')
  })

  test('in another currency goes at the rate of its own day, and comes back at that rate', async () => {
    const paid = await service.give({ currency: 'eur' })
    await control('PUT settings', { rates: { eur: 0.9 } })
    const { id } = await service.stripe.refunds.create({ charge: paid.id })
    await control(`POST refunds/${id}/fail`)
    expect((await service.movements()).map(({ amount, exchange_rate: rate }) => [amount, rate])).toEqual([
      [865, 0.86521],
      [-900, 0.9],
      [900, 0.9],
    ])
  })

  test('by debit is on its way for a while', async () => {
    const paid = await service.give({}, 'late:clear')
    const { id, status } = await service.stripe.refunds.create({ charge: paid.id })
    expect(status).toBe('pending')
    await control('PUT clock', { aheadMs: 1000 })
    expect(await service.stripe.refunds.retrieve(id)).toMatchObject({ status: 'succeeded' })
    expect((await service.movements()).map(({ type }) => type)).toEqual(['payment', 'payment_refund'])
  })
})
