import { beforeEach, describe, expect, test } from 'vitest'
import { describeInStandIn, refusal, useService } from './service.ts'

const DAY_MS = 86_400_000

describeInStandIn(
  'a payment whose bank wants it back',
  'nobody can pay on Stripe’s page without a browser, and no bank can be told to dispute',
  () => {
    const service = useService()
    const { control, give, movements, types } = service
    beforeEach(async () => {
      await control('POST reset')
    })

    const dispute = async (charge: { id: string }, how: object = {}) =>
      (await control(`POST charges/${charge.id}/dispute`, how)).id ?? ''
    const read = (id: string) => service.stripe.disputes.retrieve(id)
    const sum = async () => (await movements()).reduce((all, { net }) => all + net, 0)
    const charge = ({ id }: { id: string }) => service.stripe.charges.retrieve(id)
    const disputeTypes = async () => (await types()).filter((type) => type.startsWith('charge.dispute.'))

    test('leaves the balance at once with a fee, as one movement, and is not refunded as well', async () => {
      const paid = await give()
      const id = await dispute(paid, { reason: 'fraudulent' })
      expect(await read(id)).toMatchObject({
        amount: 1000,
        charge: paid.id,
        payment_intent: paid.payment_intent,
        reason: 'fraudulent',
        status: 'needs_response',
        is_charge_refundable: false,
        balance_transactions: [
          {
            type: 'adjustment',
            reporting_category: 'dispute',
            source: id,
            amount: -1000,
            fee: 2000,
            fee_details: [{ amount: 2000, description: 'Dispute fee', type: 'stripe_fee' }],
            net: -3000,
          },
        ],
      })
      expect(await charge(paid)).toMatchObject({ disputed: true, amount_refunded: 0 })
      expect(await refusal(service.stripe.refunds.create({ charge: paid.id }))).toMatchObject({
        code: 'charge_disputed',
      })
      expect(await disputeTypes()).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn'])
    })

    test('is won: the money comes back, and the fee does not', async () => {
      const id = await dispute(await give())
      await control(`POST disputes/${id}/answer`)
      expect(await read(id)).toMatchObject({
        status: 'under_review',
        evidence_details: { has_evidence: true, submission_count: 1 },
      })
      await control(`POST disputes/${id}/close`, { outcome: 'won' })
      expect(await read(id)).toMatchObject({
        status: 'won',
        balance_transactions: [
          { amount: -1000 },
          { type: 'adjustment', reporting_category: 'dispute_reversal', source: id, amount: 1000, fee: 0 },
        ],
      })
      expect(await sum()).toBe(965 - 2000)
      expect(await disputeTypes()).toEqual([
        'charge.dispute.created',
        'charge.dispute.funds_withdrawn',
        'charge.dispute.updated',
        'charge.dispute.funds_reinstated',
        'charge.dispute.closed',
      ])
      const { data } = await service.stripe.events.list({ type: 'charge.dispute.updated' })
      expect(data[0]?.data.previous_attributes).toMatchObject({ status: 'needs_response' })
    })

    test('is lost: nothing moves any more, and nobody can decide again', async () => {
      const id = await dispute(await give())
      await control(`POST disputes/${id}/close`, { outcome: 'lost' })
      expect(await read(id)).toMatchObject({ status: 'lost', balance_transactions: [{ amount: -1000 }] })
      expect(await sum()).toBe(-35 - 2000)
      expect((await disputeTypes()).slice(-2)).toEqual([
        'charge.dispute.funds_withdrawn',
        'charge.dispute.closed',
      ])
      for (const what of ['answer', 'escalate']) {
        await expect(control(`POST disputes/${id}/${what}`)).rejects.toThrow('That is over')
      }
      await expect(control(`POST disputes/${id}/close`, { outcome: 'won' })).rejects.toThrow('That is over')
    })

    test('is won in part: that part comes back, and Stripe calls it lost', async () => {
      const id = await dispute(await give())
      await control(`POST disputes/${id}/close`, { outcome: 'partly-won', amount: 300 })
      expect(await read(id)).toMatchObject({
        amount: 1000,
        status: 'lost',
        balance_transactions: [
          { amount: -1000, fee: 2000 },
          { amount: 300, fee: 0, net: 300, reporting_category: 'dispute_reversal' },
        ],
      })
      expect(await sum()).toBe(965 - 1000 - 2000 + 300)
      expect((await disputeTypes()).slice(-2)).toEqual([
        'charge.dispute.funds_reinstated',
        'charge.dispute.closed',
      ])
    })

    test('cannot be won in part for all of it or more', async () => {
      const id = await dispute(await give())
      await expect(
        control(`POST disputes/${id}/close`, { outcome: 'partly-won', amount: 1000 }),
      ).rejects.toThrow('refused')
      expect(await read(id)).toMatchObject({ status: 'needs_response' })
    })

    test('in part leaves the rest alone', async () => {
      const paid = await give()
      const id = await dispute(paid, { amount: 400 })
      expect(await read(id)).toMatchObject({
        amount: 400,
        balance_transactions: [{ amount: -400, net: -2400 }],
      })
      await control(`POST disputes/${id}/close`, { outcome: 'won' })
      expect(await sum()).toBe(965 - 2000)
      const { data } = await service.stripe.disputes.list({ charge: paid.id })
      expect(data.map((each) => each.id)).toEqual([id])
    })

    test('in euros goes at the rate of its day, and comes back at the same', async () => {
      const id = await dispute(await give({ currency: 'eur' }))
      await control('PUT settings', { rates: { eur: 0.9 } })
      await control(`POST disputes/${id}/close`, { outcome: 'partly-won', amount: 500 })
      expect((await movements()).map(({ amount, exchange_rate: rate }) => [amount, rate])).toEqual([
        [865, 0.86521],
        [-865, 0.86521],
        [433, 0.86521],
      ])
    })

    test('shows its movements as they are now', async () => {
      const id = await dispute(await give())
      await control('PUT clock', { aheadMs: 3 * DAY_MS })
      expect(await read(id)).toMatchObject({ balance_transactions: [{ status: 'available' }] })
    })

    describe('or only asks about it', () => {
      test('has moved nothing, and may be refunded meanwhile, which answers it', async () => {
        const paid = await give()
        const id = await dispute(paid, { inquiry: true })
        expect(await read(id)).toMatchObject({
          status: 'warning_needs_response',
          is_charge_refundable: true,
          balance_transactions: [],
        })
        await service.stripe.refunds.create({ charge: paid.id, amount: 400 })
        expect(await read(id)).toMatchObject({ status: 'warning_needs_response' })
        await service.stripe.refunds.create({ charge: paid.id })
        expect(await read(id)).toMatchObject({ status: 'warning_closed', balance_transactions: [] })
        expect(await disputeTypes()).toEqual(['charge.dispute.created', 'charge.dispute.closed'])
        expect(await sum()).toBe(-35)
      })

      test('lets it be when it is answered, whatever the bank might say', async () => {
        const id = await dispute(await give(), { inquiry: true })
        await control(`POST disputes/${id}/answer`)
        expect(await read(id)).toMatchObject({ status: 'warning_under_review' })
        await control(`POST disputes/${id}/close`, { outcome: 'lost' })
        expect(await read(id)).toMatchObject({ status: 'warning_closed', balance_transactions: [] })
        expect(await sum()).toBe(965)
      })

      test('has let it be when 120 days are over', async () => {
        const id = await dispute(await give(), { inquiry: true })
        await control('PUT clock', { aheadMs: 119 * DAY_MS })
        expect(await read(id)).toMatchObject({ status: 'warning_needs_response' })
        await control('PUT clock', { aheadMs: DAY_MS })
        expect(await read(id)).toMatchObject({ status: 'warning_closed' })
      })

      test('may want it back after all', async () => {
        const paid = await give()
        const id = await dispute(paid, { inquiry: true })
        await control(`POST disputes/${id}/escalate`)
        expect(await read(id)).toMatchObject({
          status: 'needs_response',
          is_charge_refundable: false,
          payment_method_details: { card: { case_type: 'chargeback' } },
          balance_transactions: [{ amount: -1000, fee: 2000 }],
        })
        expect(await disputeTypes()).toEqual([
          'charge.dispute.created',
          'charge.dispute.updated',
          'charge.dispute.funds_withdrawn',
        ])
        await expect(control(`POST disputes/${id}/escalate`)).rejects.toThrow('That is over')
      })
    })
  },
)
