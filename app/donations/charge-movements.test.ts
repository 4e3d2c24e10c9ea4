import { expect, test } from 'vitest'
import { charge, dispute, disputed, line } from '#tests/support/readings.ts'
import { movementsOf } from './charge-movements.ts'

test('What a dispute took is told in the same figures when the bank takes it a second time', () => {
  const amount = { amountMinor: 4004, currency: 'EUR' as const }
  const gift = { id: 'g', amount, parts: [{ partnerId: null, amountMinor: 4004 }] }
  const rate = { exchangeRate: '0.86' }
  // 4 cents are 3 pence, and 3 pence would be 3 cents.
  const [taken, given, takenAgain] = [disputed(-3, rate), disputed(3, rate), disputed(-3, rate)]
  const of = { amountMinor: 4004, currency: 'EUR', line: line('charge', 3443, rate) }
  const first = movementsOf(gift, charge({ ...of, disputes: [dispute(4, [taken])] }), new Map()).movements
  const later = movementsOf(
    gift,
    charge({ ...of, disputes: [dispute(4, [taken, given, takenAgain])] }),
    new Map(first.map((movement) => [movement.id, movement])),
  ).movements
  expect(first.map(({ given }) => given?.amountMinor)).toEqual([4004, -4])
  expect(later).toHaveLength(4)
  for (const movement of first) expect(later).toContainEqual(movement)
})
