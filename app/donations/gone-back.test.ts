import { expect, test } from 'vitest'
import { goneBackOf, refundsNotArrived } from './gone-back.ts'
import type { MovementKind } from './movement.ts'

test.each<[string, [MovementKind, bigint][], number, number]>([
  ['nothing when nothing went back', [['charge', 2500n]], 0, 0],
  ['nothing while its fee is not known', [], 0, 0],
  [
    'what was refunded',
    [
      ['charge', 2500n],
      ['refund', -1000n],
      ['refund', -500n],
    ],
    1500,
    0,
  ],
  [
    'not what came again',
    [
      ['charge', 2500n],
      ['refund', -1000n],
      ['refund_failure', 1000n],
    ],
    0,
    0,
  ],
  [
    'what a bank took',
    [
      ['charge', 2500n],
      ['dispute', -2500n],
    ],
    0,
    2500,
  ],
  [
    'not what the bank gave again',
    [
      ['charge', 2500n],
      ['dispute', -2500n],
      ['dispute_reversal', 2000n],
    ],
    0,
    500,
  ],
  [
    'nothing of it when it was paid twice, and once returned',
    [
      ['charge', 2500n],
      ['charge', 2500n],
      ['refund', -2500n],
    ],
    0,
    0,
  ],
])('Of a gift of £25 has gone back %s', (_, moved, returnedMinor, disputedMinor) => {
  const movements = moved.map(([kind, givenMinor]) => ({ kind, givenMinor }))
  const gone = goneBackOf(2500, movements)
  expect([gone.returnedMinor, gone.disputedMinor + 0]).toEqual([returnedMinor, disputedMinor])
})

test('Refunds that did not arrive wait for a person, until as much is returned again', () => {
  const refund = (pence: bigint) => ({ kind: 'refund' as const, givenMinor: -pence })
  const failure = (pence: bigint) => ({ kind: 'refund_failure' as const, givenMinor: pence })
  expect(refundsNotArrived([refund(1000n)])).toEqual([])
  expect(refundsNotArrived([refund(1000n), failure(1000n)])).toEqual([1000])
  const again = [refund(1000n), failure(1000n), refund(1000n)]
  expect(refundsNotArrived(again)).toEqual([])
  expect(refundsNotArrived([...again, failure(1000n)])).toEqual([1000])
  expect(refundsNotArrived([refund(1000n), failure(1000n), refund(500n)])).toEqual([1000])
  expect(refundsNotArrived([refund(1000n), refund(500n), failure(500n), failure(1000n)])).toEqual([500, 1000])
})
