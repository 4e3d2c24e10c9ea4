import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyCodes, exponentOf, formatMoney, isCurrencyCode, stepOf, type CurrencyCode } from './money.ts'

/**
 * The currencies that Stripe can charge, copied by hand and not from money.ts: docs.stripe.com/currencies, "Supported
 * presentment currencies", as of 2025-11, in its order. Stripe publishes no list that can be read by a program: its API
 * description and SDK take any code, and the examples of its API name three.
 */
const inTheDocs = `
  USD AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP CNY COP
  CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK JMD JPY KES
  KGS KHR KMF KRW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
  PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD STD SZL THB TJS TOP TRY TTD TWD TZS
  UAH UGX UYU UZS VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW`

/** Not named there, but in "Three-decimal currencies" of the same page. */
const inTheDocsElsewhere = 'BHD JOD KWD OMR TND'

const listed = (text: string) => text.trim().split(/\s+/)

describe('Money as a donor reads it', () => {
  it.each<[number, CurrencyCode, string]>([
    [2500, 'GBP', '£25'],
    [2550, 'GBP', '£25.50'],
    [5, 'GBP', '£0.05'],
    [0, 'GBP', '£0'],
    [7_100_000, 'GBP', '£71,000'],
    [-300, 'GBP', '-£3'],
    [500, 'JPY', 'JP¥500'],
    [5120, 'KWD', 'KWD 5.120'],
    [5000, 'KWD', 'KWD 5'],
    [500, 'ISK', 'ISK 5'],
    [500, 'UGX', 'UGX 5'],
  ])('Armine gives %d minor units of %s and reads %s', (amountMinor, currency, read) => {
    expect(formatMoney({ amountMinor, currency }).replace(/\u00a0/g, ' ')).toBe(read)
  })

  it('lines up the pence in a column', () => {
    expect(formatMoney({ amountMinor: 2500, currency: 'GBP' }, { everyDecimal: true })).toBe('£25.00')
  })

  it('refuses half a penny', () => {
    expect(() => formatMoney({ amountMinor: 0.5, currency: 'GBP' })).toThrow('whole minor units')
  })

  it('shows exactly the pence that were given, whatever the sum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (amountMinor) => {
        const read = formatMoney({ amountMinor, currency: 'GBP' }, { everyDecimal: true })
        expect(Number(read.replace(/\D/g, ''))).toBe(amountMinor)
      }),
    )
  })
})

describe("Stripe's exponents", () => {
  it.each([
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'JPY',
    'KMF',
    'KRW',
    'MGA',
    'PYG',
    'RWF',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ] as const)('%s has no minor unit', (currency) => expect(exponentOf(currency)).toBe(0))

  it.each(['GBP', 'EUR', 'USD', 'AMD', 'HUF', 'TWD'] as const)('%s has two decimals', (currency) =>
    expect(exponentOf(currency)).toBe(2),
  )

  it.each(['BHD', 'JOD', 'KWD', 'OMR', 'TND'] as const)('%s has three decimals', (currency) =>
    expect(exponentOf(currency)).toBe(3),
  )

  it.each(['ISK', 'UGX'] as const)(
    '%s is written with two decimals though its country has none',
    (currency) => expect(exponentOf(currency)).toBe(2),
  )

  it('takes krónur and Ugandan shillings only whole, and of three decimals the last only as 0', () => {
    expect(currencyCodes.filter((code) => stepOf(code) === 100)).toEqual(['ISK', 'UGX'])
    expect(currencyCodes.filter((code) => stepOf(code) === 10)).toEqual(['BHD', 'JOD', 'KWD', 'OMR', 'TND'])
  })

  it('takes forints and Taiwan dollars to the last decimal: only their payouts are whole', () => {
    expect([stepOf('HUF'), stepOf('TWD')]).toEqual([1, 1])
  })

  it('differs from ISO 4217 where Stripe does: no minor unit of MGA, two decimals of ISK and UGX', () => {
    const byIso = (code: CurrencyCode) =>
      new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions()
        .maximumFractionDigits
    expect([exponentOf('MGA'), exponentOf('ISK'), exponentOf('UGX')]).toEqual([0, 2, 2])
    // The runtime's own table would book these a hundred times too large or small.
    expect([byIso('ISK'), byIso('UGX')]).toEqual([0, 0])
  })

  it('knows every currency that Stripe charges, and no other', () => {
    expect(currencyCodes).toEqual([...listed(inTheDocs), ...listed(inTheDocsElsewhere)].sort())
  })

  it('counts two decimals of every other currency', () => {
    const special = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF BHD JOD KWD OMR TND'
    const others = currencyCodes.filter((code) => !listed(special).includes(code))
    expect(others).toHaveLength(listed(inTheDocs).length - 15)
    expect(others.filter((code) => exponentOf(code) !== 2)).toEqual([])
  })

  it('names every currency once', () => {
    expect(new Set(currencyCodes).size).toBe(currencyCodes.length)
    expect(currencyCodes.every((code) => isCurrencyCode(code))).toBe(true)
  })

  it('knows no currency that Stripe does not charge, nor a code in small letters', () => {
    expect(isCurrencyCode('GBP')).toBe(true)
    expect(isCurrencyCode('gbp')).toBe(false)
    expect(isCurrencyCode('XYZ')).toBe(false)
  })
})
