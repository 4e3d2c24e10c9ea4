import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkMovement, movementKinds, type GiftPart, type Movement } from '#app/donations/movement.ts'
import { charge, comesAgain, goesBack, ofNoGift, totalOf } from '#tests/support/movements.ts'
import { entriesOf, type Entry, type Share, type Standing } from './post.ts'

const nothing: Standing = { left: [], taken: [] }
const toAni: GiftPart = { partnerId: 'ani', amountMinor: 2500 }

/** Account, fund, amount, currency: as a bookkeeper would write them. */
const lines = (entries: Entry[]) =>
  entries.map(({ account, fundId, amountMinor, currency }) =>
    [account, ...(fundId === null ? [] : [fundId]), amountMinor, currency].join(' '),
  )

function expectBalanced(entries: Entry[]): void {
  expect(entries.length).toBeGreaterThanOrEqual(2)
  for (const code of new Set(entries.map(({ currency }) => currency))) {
    expect(totalOf(entries.filter(({ currency }) => currency === code))).toBe(0)
  }
}

/** What those entries leave with each fund, and in suspense (null), in one currency. */
function sharesIn(entries: Entry[], sign: 1 | -1, currency = 'GBP'): Share[] {
  const held = new Map<string | null, number>()
  for (const entry of entries) {
    if (entry.currency !== currency || (entry.account !== 'income' && entry.account !== 'suspense')) continue
    held.set(entry.fundId, (held.get(entry.fundId) ?? 0) + sign * entry.amountMinor)
  }
  return [...held].map(([fundId, amountMinor]) => ({ fundId, amountMinor }))
}

const fundsOnly = (shares: Share[]) =>
  shares.filter(({ fundId, amountMinor }) => fundId !== null && amountMinor > 0)

const gift = fc
  .array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 10 })
  .map((amounts) =>
    amounts.map((amountMinor, at): GiftPart => ({ partnerId: at === 0 ? null : `p${at}`, amountMinor })),
  )

describe('A movement in the books', () => {
  test('£25 for Ani’s work, of which Stripe keeps 58p: all of it is hers, and the fee is the charity’s', () => {
    expect(lines(entriesOf(charge('gift', [toAni], { feeMinor: 58, netMinor: 2442 }), nothing))).toEqual([
      'stripe:balance 2442 GBP',
      'fees:stripe 58 GBP',
      'income partner:ani -2500 GBP',
    ])
  })

  test('€30 that settle as £25.50: each currency balances, over the exchange account', () => {
    const settled = { given: { amountMinor: 3000, currency: 'EUR' }, exchangeRate: '0.85' } as const
    const came = charge('gift', [{ partnerId: null, amountMinor: 3000 }], {
      ...settled,
      grossMinor: 2550,
      feeMinor: 50,
      netMinor: 2500,
    })
    expect(lines(entriesOf(came, nothing))).toEqual([
      'stripe:balance 2500 GBP',
      'fees:stripe 50 GBP',
      'exchange -2550 GBP',
      'exchange 3000 EUR',
      'income where-most-needed -3000 EUR',
    ])
  })

  test('a dispute’s fee is kept apart from card fees', () => {
    const came = charge('gift', [toAni])
    const left = [{ fundId: 'partner:ani', amountMinor: 2500 }]
    const entries = entriesOf(goesBack('dispute', came, 2500, { feeMinor: 2000, netMinor: -4500 }), {
      left,
      taken: [],
    })
    expect(lines(entries)).toEqual([
      'stripe:balance -4500 GBP',
      'fees:dispute 2000 GBP',
      'income partner:ani 2500 GBP',
    ])
  })

  test('refunded and then disputed: the second time nobody’s fund pays, it waits in suspense', () => {
    const came = charge('gift', [toAni])
    expect(lines(entriesOf(goesBack('dispute', came, 2500), nothing))).toEqual([
      'stripe:balance -2500 GBP',
      'suspense 2500 GBP',
    ])
  })

  test.each([
    ['stripe_fee', -700, 'fees:stripe 700 GBP'],
    ['payout', -700, 'stripe:in_transit 700 GBP'],
    ['payout_failure', 700, 'stripe:in_transit -700 GBP'],
    ['adjustment', -700, 'suspense 700 GBP'],
    ['unknown', 700, 'suspense -700 GBP'],
    ['charge', 700, 'suspense -700 GBP'],
    ['refund', -700, 'suspense 700 GBP'],
  ] as const)('a %s of no gift stands against one account', (kind, amount, other) => {
    expect(lines(entriesOf(ofNoGift(kind, amount), nothing))).toEqual([`stripe:balance ${amount} GBP`, other])
  })

  test('every kind balances, with any fee, with and without exchange, in currencies with and without pence', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...movementKinds),
        gift,
        fc.integer({ min: -500, max: 5000 }),
        fc.constantFrom('GBP', 'JPY', 'KWD'),
        fc.integer({ min: 1, max: 9_000_000 }),
        fc.boolean(),
        (kind, funds, feeMinor, currency, settledMinor, hasGift) => {
          const sign = kind === 'refund' || kind === 'dispute' || kind === 'payout' ? -1 : 1
          const whole = totalOf(funds)
          const grossMinor = sign * (currency === 'GBP' ? whole : settledMinor)
          const moved: Movement = {
            ...charge('gift', funds, { feeMinor }),
            kind,
            currency,
            grossMinor,
            netMinor: grossMinor - feeMinor,
            given: { amountMinor: sign * whole, currency: 'GBP' },
            exchangeRate: currency === 'GBP' ? null : '1.5',
            ...(hasGift ? {} : { giftId: null, given: null, funds: [] }),
          }
          const left = [{ fundId: 'partner:p1', amountMinor: 20_000 }]
          expectBalanced(entriesOf(moved, { left, taken: left }))
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('A gift that goes back', () => {
  test('in any number of parts: no fund goes below zero, and at the end each has nothing', () => {
    fc.assert(
      fc.property(gift, fc.array(fc.integer({ min: 1, max: 50_000 }), { maxLength: 8 }), (funds, parts) => {
        const came = charge('gift', funds)
        let left = fundsOnly(sharesIn(entriesOf(came, nothing), -1))
        const all = [...parts, totalOf(funds)]
        for (const part of all) {
          const amount = Math.min(part, totalOf(left))
          if (amount === 0) break
          const entries = entriesOf(goesBack('refund', came, amount), { left, taken: [] })
          expectBalanced(entries)
          left = left.map(({ fundId, amountMinor }) => ({
            fundId,
            amountMinor:
              amountMinor - (sharesIn(entries, 1).find((share) => share.fundId === fundId)?.amountMinor ?? 0),
          }))
          expect(Math.min(...left.map(({ amountMinor }) => amountMinor))).toBeGreaterThanOrEqual(0)
        }
        expect(totalOf(left)).toBe(0)
      }),
      { numRuns: 1000 },
    )
  })

  test('and comes again: whoever gave it up has it back to the penny, suspense too', () => {
    fc.assert(
      fc.property(gift, fc.integer({ min: 1, max: 2_000_000 }), (funds, amount) => {
        const came = charge('gift', funds)
        const left = fundsOnly(sharesIn(entriesOf(came, nothing), -1))
        const back = goesBack('dispute', came, amount)
        const gone = entriesOf(back, { left, taken: [] })
        const again = entriesOf(comesAgain(back), { left: [], taken: sharesIn(gone, 1) })
        const byFund = (shares: Share[]) =>
          new Map(shares.map(({ fundId, amountMinor }) => [fundId, amountMinor]))
        expect(byFund(sharesIn(again, -1))).toEqual(byFund(sharesIn(gone, 1)))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('Figures that cannot be right are refused:', () => {
  const right = charge('gift', [toAni], { feeMinor: 58, netMinor: 2442 })

  test.each<[string, Partial<Movement>]>([
    ['net-is-not-gross-less-fee', { netMinor: 2443 }],
    ['fee-is-not-its-parts', { feeParts: [] }],
    ['gift-without-amount', { given: null }],
    ['amount-without-gift', { giftId: null }],
    ['funds-are-not-the-gift', { funds: [{ partnerId: 'ani', amountMinor: 2499 }] }],
    ['other-amount-given', { given: { amountMinor: 2600, currency: 'GBP' } }],
    ['no-rate', { given: { amountMinor: 2500, currency: 'EUR' } }],
    ['wrong-direction', { kind: 'refund' }],
    ['undoes-nothing', { kind: 'refund_failure' }],
  ])('%s', (problem, wrong) => {
    expect(checkMovement(right)).toEqual([])
    expect(checkMovement({ ...right, ...wrong })).toContain(problem)
  })

  test('moves-nothing', () => expect(checkMovement(ofNoGift('unknown', 0))).toEqual(['moves-nothing']))
})
