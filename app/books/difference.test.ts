import { describe, expect, test } from 'vitest'
import { compareWithStripe, sayDifference, type Figures, type StripeFigures } from './difference.ts'

const gift: Figures = { id: 'txn_gift', grossMinor: 2500, feeMinor: 58, netMinor: 2442, currency: 'GBP' }
const listed = (figures: Figures): StripeFigures => ({
  ...figures,
  createdAt: new Date('2026-01-31T09:00:00Z'),
})

describe('The books against Stripe’s list', () => {
  test('nothing to say when each has what the other has', () => {
    expect(compareWithStripe([gift], new Map([['GBP', 2442n]]), [listed(gift)])).toEqual([])
  })

  test('a gift whose news was lost is missed, and the balance says so too', () => {
    expect(compareWithStripe([], new Map(), [listed(gift)]).map(({ found }) => found)).toEqual([
      'missing-here',
      'other-balance',
    ])
  })

  test('a gift that Stripe never had is told apart', () => {
    expect(compareWithStripe([gift], new Map([['GBP', 2442n]]), []).map(({ found }) => found)).toEqual([
      'missing-there',
      'other-balance',
    ])
  })

  test.each<[string, Partial<Figures>]>([
    ['amount', { grossMinor: 2501, netMinor: 2443 }],
    ['fee', { feeMinor: 59, netMinor: 2441 }],
    ['currency', { currency: 'EUR' }],
  ])('another %s is found', (_what, other) => {
    const differences = compareWithStripe([gift], new Map([['GBP', 2442n]]), [listed({ ...gift, ...other })])
    expect(differences[0]?.found).toBe('other-figures')
  })

  test('one penny that was booked beside all movements is found in the sum', () => {
    expect(compareWithStripe([gift], new Map([['GBP', 2443n]]), [listed(gift)])).toEqual([
      { found: 'other-balance', currency: 'GBP', ours: 2443n, theirs: 2442n },
    ])
  })

  test('what moved nothing at Stripe is no movement', () => {
    const nothing = listed({ ...gift, grossMinor: 0, feeMinor: 0, netMinor: 0 })
    expect(compareWithStripe([], new Map(), [nothing])).toEqual([])
  })

  test('every difference is said with what to do', () => {
    const differences = compareWithStripe([gift], new Map(), [listed({ ...gift, id: 'txn_other' })])
    for (const difference of differences) {
      for (const words of sayDifference(difference)) expect(words).not.toBe('')
    }
  })
})
