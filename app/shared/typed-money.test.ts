import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencyCodes, exponentOf, formatMoney, stepOf, type CurrencyCode } from './money.ts'
import { MOST_MINOR, parseMoney, sayMoneyProblem, type MoneyProblem } from './typed-money.ts'

describe('An amount as people type it', () => {
  test.each<[string, CurrencyCode, number]>([
    ['25', 'GBP', 2500],
    ['£25', 'GBP', 2500],
    [' £ 25.50 ', 'GBP', 2550],
    ['25.5', 'GBP', 2550],
    ['25.', 'GBP', 2500],
    ['.50', 'GBP', 50],
    ['1,000', 'GBP', 100_000],
    ['1,000.50', 'GBP', 100_050],
    ['GBP 12', 'GBP', 1200],
    ['12 gbp', 'GBP', 1200],
    ['25,5', 'EUR', 2550],
    ['25,50 €', 'EUR', 2550],
    ['1.000,50', 'EUR', 100_050],
    ['1 000', 'EUR', 100_000],
    ["1'000.00", 'EUR', 100_000],
    ['1.234.567', 'JPY', 1_234_567],
    ['F CFA 500', 'XOF', 500],
    ['500 xof', 'XOF', 500],
    ['$10', 'USD', 1000],
    ['US$10', 'USD', 1000],
    ['500', 'JPY', 500],
    ['¥1,000', 'JPY', 1000],
    ['5', 'MGA', 5],
    ['5', 'ISK', 500],
    ['5.00', 'ISK', 500],
    ['5', 'UGX', 500],
    ['10.45', 'HUF', 1045],
    ['10.45', 'TWD', 1045],
    ['5.12', 'KWD', 5120],
    ['5.120', 'KWD', 5120],
    ['２５', 'GBP', 2500],
  ])('%s in %s is %d minor units', (typed, currency, amountMinor) => {
    expect(parseMoney(typed, currency)).toEqual({ outcome: 'read', money: { amountMinor, currency } })
  })

  test.each<[string, CurrencyCode, MoneyProblem]>([
    ['', 'GBP', 'nothing'],
    ['   ', 'GBP', 'nothing'],
    ['ten', 'GBP', 'no-amount'],
    ['£', 'GBP', 'no-amount'],
    ['1e3', 'GBP', 'no-amount'],
    ['0x10', 'GBP', 'no-amount'],
    ['10 20', 'GBP', 'no-amount'],
    ['0', 'GBP', 'zero'],
    ['0.00', 'GBP', 'zero'],
    ['-5', 'GBP', 'below-zero'],
    ['£-5', 'GBP', 'below-zero'],
    ['-£5', 'GBP', 'below-zero'],
    ['1.000', 'EUR', 'unclear'],
    ['1,00,000', 'GBP', 'unclear'],
    ['1.2.3', 'GBP', 'unclear'],
    ['1,000', 'KWD', 'unclear'],
    ['25.5555', 'GBP', 'too-fine'],
    ['0.5', 'JPY', 'too-fine'],
    ['5.50', 'ISK', 'too-fine'],
    ['5.50', 'UGX', 'too-fine'],
    ['5.124', 'KWD', 'too-fine'],
    ['€25', 'GBP', 'other-currency'],
    ['25 USD', 'GBP', 'other-currency'],
    ['1000000', 'GBP', 'too-much'],
    ['9'.repeat(400), 'GBP', 'too-much'],
  ])('%s in %s is refused: %s', (typed, currency, problem) => {
    expect(parseMoney(typed, currency)).toEqual({ outcome: 'wrong', problem })
    expect(sayMoneyProblem(problem, currency)).toMatch(/\.$/)
  })

  test('whatever we show in any currency, typed back, is the same amount', () => {
    const amounts = fc.constantFrom(...currencyCodes).chain((currency) => {
      const step = stepOf(currency)
      return fc
        .integer({ min: 1, max: Math.floor(MOST_MINOR / step) })
        .map((steps) => ({ amountMinor: steps * step, currency }))
    })
    fc.assert(
      fc.property(amounts, fc.boolean(), (money, everyDecimal) => {
        const shown = formatMoney(money, { everyDecimal })
        const back = parseMoney(shown, money.currency)
        // A thousand of a currency with three decimals, shown whole, could be one: it is asked back.
        if (exponentOf(money.currency) === 3 && /^\D*\d{1,3},\d{3}$/.test(shown)) {
          expect(back).toEqual({ outcome: 'wrong', problem: 'unclear' })
        } else expect(back).toEqual({ outcome: 'read', money })
      }),
      { numRuns: 5000 },
    )
  })

  test('whatever is typed, it is an amount that Stripe takes, or a reason', () => {
    const figures = fc.stringMatching(/^\d{1,6}[.,]\d{0,4}$/)
    const keys = fc.string({ unit: fc.constantFrom(..."0123456789.,- £$€¥GBPx'’") })
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), keys, figures),
        fc.constantFrom(...currencyCodes),
        (typed, currency) => {
          const typedMoney = parseMoney(typed, currency)
          if (typedMoney.outcome === 'wrong') return
          const { amountMinor } = typedMoney.money
          expect(amountMinor).toBeGreaterThan(0)
          expect(amountMinor).toBeLessThanOrEqual(MOST_MINOR)
          expect(amountMinor % stepOf(currency)).toBe(0)
        },
      ),
      { numRuns: 5000 },
    )
  })
})
