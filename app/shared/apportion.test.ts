import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apportion } from './apportion.ts'

const weights = fc
  .array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 10 })
  .map((sizes) => sizes.map((weight, at) => ({ id: `partner:${at}`, weight })))

describe('An amount split over several', () => {
  test('£1 for three partners alike: the odd penny goes to the first by id', () => {
    const alike = ['c', 'a', 'b'].map((id) => ({ id, weight: 1 }))
    expect([...apportion(100, alike)]).toEqual([
      ['c', 33],
      ['a', 34],
      ['b', 33],
    ])
  })

  test('$100 over 100 and 200 is 33.33 and 66.67', () => {
    const shares = apportion(10_000, [
      { id: 'a', weight: 100 },
      { id: 'b', weight: 200 },
    ])
    expect([...shares.values()]).toEqual([3333, 6667])
  })

  test('loses no penny and makes none, from one to a million, over one to ten', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), weights, (amount, over) => {
        expect([...apportion(amount, over).values()].reduce((a, b) => a + b)).toBe(amount)
      }),
      { numRuns: 2000 },
    )
  })

  test('asks nobody for more than they have', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (over, part) => {
        const all = over.reduce((sum, { weight }) => sum + weight, 0)
        const shares = apportion(Math.floor(all * part), over)
        for (const { id, weight } of over) expect(shares.get(id)).toBeLessThanOrEqual(weight)
      }),
      { numRuns: 2000 },
    )
  })

  test('comes out the same in whatever order the partners are named', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        weights,
        fc.infiniteStream(fc.nat()),
        (amount, over, keys) => {
          const shuffled = over
            .map((each) => ({ each, key: keys.next().value as number }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ each }) => each)
          for (const [id, share] of apportion(amount, shuffled))
            expect(apportion(amount, over).get(id)).toBe(share)
        },
      ),
    )
  })

  test('refuses to lose what nobody is there to take, and half pennies', () => {
    expect(() => apportion(5, [])).toThrow('nobody')
    expect(() => apportion(0.5, [{ id: 'a', weight: 1 }])).toThrow('whole')
  })
})
