import { describe, expect, test } from 'vitest'
import { line } from '#tests/support/readings.ts'
import { kindOf, ofNoGift } from './balance-line.ts'
import { checkMovement } from './movement.ts'

describe('A balance transaction of no gift', () => {
  test.each([
    ['charge', 'charge', 'charge'],
    ['payment', 'charge', 'charge'],
    ['payment_refund', 'refund', 'refund'],
    ['payment_failure_refund', 'refund', 'refund'],
    ['refund_failure', 'refund_failure', 'refund_failure'],
    ['adjustment', 'dispute', 'dispute'],
    ['adjustment', 'dispute_reversal', 'dispute_reversal'],
    ['adjustment', 'fee', 'stripe_fee'],
    ['adjustment', 'other_adjustment', 'adjustment'],
    ['payout', 'payout', 'payout'],
    ['payout_cancel', 'payout_reversal', 'payout_failure'],
    ['tax_fee', 'tax', 'stripe_fee'],
    ['obligation_of_the_future', 'other', 'unknown'],
  ])('of the type %s, reported as %s, is to us: %s', (type, category, kind) => {
    expect(kindOf({ type, category })).toBe(kind)
  })

  test.each([
    ['payout', -5000, 'payout'],
    ['payout', 5000, 'unknown'],
    ['refund', 300, 'unknown'],
    ['stripe_fee', -70, 'stripe_fee'],
  ])('%s of %d pence is kept as %s, and can be booked', (type, pence, kind) => {
    const movement = ofNoGift(line(type, pence))
    expect(movement).toMatchObject({ kind, giftId: null, given: null, funds: [] })
    expect(movement && checkMovement(movement)).toEqual([])
  })

  test('that moves nothing is none of the books’', () => {
    expect(ofNoGift(line('stripe_fee', 0))).toBeNull()
  })
})
