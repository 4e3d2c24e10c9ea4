import { createHash } from 'node:crypto'

/** A number in [0, 1) that depends on nothing but these words: the same run of chance, in whatever order requests come. */
export function chance(...words: (string | number)[]): number {
  const digest = createHash('sha256').update(JSON.stringify(words)).digest()
  return digest.readUIntBE(0, 6) / 2 ** 48
}

/** The same things in an order that the seed decides. */
export function shuffled<T>(things: readonly T[], seed: string | number): T[] {
  return things
    .map((thing, index) => ({ thing, rank: chance(seed, index) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ thing }) => thing)
}
