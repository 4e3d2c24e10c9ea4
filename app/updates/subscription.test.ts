import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { after, moves, subscriptionStates, type Move, type SubscriptionState } from './subscription.ts'

/** The states that a walk passes through, the last one last; a move that is not open leaves things as they are. */
function walk(steps: Move[]): (SubscriptionState | undefined)[] {
  const passed: (SubscriptionState | undefined)[] = [undefined]
  for (const step of steps) passed.push(after(passed.at(-1), step) ?? passed.at(-1))
  return passed
}

const anyWalk = fc.array(fc.constantFrom(...moves), { maxLength: 30 })

describe('whatever happens to a subscription, in whatever order,', () => {
  test('nobody gets updates who has not confirmed since they last asked', () => {
    fc.assert(
      fc.property(anyWalk, (steps) => {
        const passed = walk(steps)
        if (passed.at(-1) !== 'confirmed') return
        const confirmed = passed.lastIndexOf('asked')
        expect(confirmed).toBeGreaterThan(0)
        expect(steps[confirmed]).toBe('confirm')
        expect(steps.slice(confirmed + 1)).not.toContain('leave')
      }),
    )
  })

  test('whoever leaves gets no more, and leaving twice is leaving', () => {
    fc.assert(
      fc.property(anyWalk, (steps) => {
        expect(walk([...steps, 'leave']).at(-1)).not.toBe('confirmed')
        expect(walk([...steps, 'leave', 'leave']).at(-1)).toBe(walk([...steps, 'leave']).at(-1))
      }),
    )
  })

  test('asking never takes away what somebody has', () => {
    fc.assert(
      fc.property(anyWalk, (steps) => {
        const before = walk(steps).at(-1)
        expect(walk([...steps, 'ask']).at(-1)).toBe(before === 'confirmed' ? 'confirmed' : 'asked')
      }),
    )
  })

  test('time ends only what was not answered', () => {
    fc.assert(
      fc.property(anyWalk, (steps) => {
        const before = walk(steps).at(-1)
        expect(walk([...steps, 'expire']).at(-1)).toBe(before === 'asked' ? 'expired' : before)
      }),
    )
  })
})

test('every state can be reached, and left for another', () => {
  for (const state of subscriptionStates) {
    expect(moves.some((move) => subscriptionStates.some((from) => after(from, move) === state))).toBe(true)
    expect(moves.some((move) => ![null, state].includes(after(state, move)))).toBe(true)
  }
})

test('what was never asked for can only be asked for', () => {
  expect(moves.map((move) => after(undefined, move))).toEqual(['asked', null, null, null])
})
