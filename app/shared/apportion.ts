import { invariant } from './invariant.ts'

/** Something with a name by which ties are broken, and a size. */
export type Weighted = { id: string; weight: number }

/**
 * Splits a whole amount over the weights by largest remainder: everyone gets the whole part of their share, and the units
 * left over go one each to the largest remainders; of equal ones, to the first by id. The sum is always the amount.
 * Nobody gets more than their weight as long as the amount is not more than all weights together.
 */
export function apportion(amount: number, weights: readonly Weighted[]): Map<string, number> {
  invariant(
    Number.isSafeInteger(amount) && amount >= 0,
    `An amount to split is whole and not negative: ${amount}`,
  )
  invariant(new Set(weights.map(({ id }) => id)).size === weights.length, 'A share was named twice')
  for (const { id, weight } of weights) {
    invariant(
      Number.isSafeInteger(weight) && weight >= 0,
      `The weight of ${id} is not a whole number: ${weight}`,
    )
  }
  // Products of two amounts outgrow what a number holds exactly.
  const total = weights.reduce((sum, { weight }) => sum + BigInt(weight), 0n)
  if (total === 0n) {
    invariant(amount === 0, 'There is nobody to split an amount over')
    return new Map(weights.map(({ id }) => [id, 0]))
  }
  const shares = weights.map(({ id, weight }) => {
    const product = BigInt(amount) * BigInt(weight)
    return { id, whole: Number(product / total), remainder: product % total }
  })
  const left = amount - shares.reduce((sum, { whole }) => sum + whole, 0)
  const byRemainder = shares.toSorted((a, b) => compare(b.remainder, a.remainder) || compare(a.id, b.id))
  const luckier = new Set(byRemainder.slice(0, left).map(({ id }) => id))
  return new Map(shares.map(({ id, whole }) => [id, whole + (luckier.has(id) ? 1 : 0)]))
}

function compare<Ordered extends bigint | string>(a: Ordered, b: Ordered): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
