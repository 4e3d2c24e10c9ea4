import { beforeEach, describe, expect, test } from 'vitest'
import { aGift, describeInStandIn, isReal, refusal, useService } from './service.ts'

const service = useService()
const { control, press } = service
const begin = (amount: number, currency: string) =>
  service.stripe.checkout.sessions.create(aGift({}, { amount, currency }))

beforeEach(async () => {
  if (isReal) return
  await control('POST reset')
  await control('PUT settings', { rates: { jpy: 0.0051, isk: 0.0058, ugx: 0.0002, kwd: 2.44 } })
})

describe('a currency without hundredths is refused', () => {
  test.each([
    [49, 'jpy', "The Checkout Session's total amount due must add up to at least ¥50 jpy"],
    [
      40_010,
      'isk',
      'Invalid amount. Currency ISK has become effectively zero-decimal and charged amounts must be evenly divisible by 100. See https://stripe.com/docs/currencies#special-cases for more information.',
    ],
    [1_000_050, 'ugx', expect.stringContaining('evenly divisible by 100') as string],
  ])('%i %s', async (amount, currency, message) => {
    expect(await refusal(begin(amount, currency))).toMatchObject({ statusCode: 400, message })
  })
})

describeInStandIn(
  'a currency with thousandths',
  'Stripe takes it of accounts of some countries alone, and its words are not known',
  () => {
    test('must end in a nought', async () => {
      expect(await refusal(begin(5124, 'kwd'))).toMatchObject({
        statusCode: 400,
        message: expect.stringContaining('evenly divisible by 10.'),
      })
    })

    test('is no less than the pence that pounds must be', async () => {
      expect(await refusal(begin(110, 'kwd'))).toMatchObject({ code: 'amount_too_small' })
    })
  },
)

describeInStandIn(
  'an amount is what its currency says',
  'nobody can pay on Stripe’s page without a browser',
  () => {
    test.each([
      [1000, 'gbp', 1000, null, '£10.00'],
      [500, 'jpy', 255, 0.51, '¥500'],
      [40_000, 'isk', 232, 0.0058, 'kr 400'],
      [5120, 'kwd', 1249, 0.244, 'KWD 5.120'],
    ])('%i %s', async (amount, currency, pence, rate, shown) => {
      const session = await begin(amount, currency)
      const page = await (await fetch(session.url ?? '')).text()
      expect(page.replaceAll('\u00a0', ' ')).toContain(`Donate ${shown}`)
      await press(session, 'pay')
      await control('PUT clock', { aheadMs: 1000 })
      expect(await service.movements()).toMatchObject([
        { amount: pence, exchange_rate: rate, currency: 'gbp' },
      ])
    })
  },
)
