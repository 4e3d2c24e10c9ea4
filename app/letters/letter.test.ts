import { expect, test } from 'vitest'
import { isAllowedMove, letterStates, type LetterActor, type LetterState } from './letter.ts'

const actors: LetterActor[] = ['signer', 'dispatch', 'mail', 'staff', 'clock']

/** Every move that is allowed, as "from to actor". */
const moves = letterStates.flatMap((from) =>
  letterStates.flatMap((to) =>
    actors.filter((actor) => isAllowedMove(from, to, actor)).map((actor) => ({ from, to, actor })),
  ),
)

test('There is one way into the outbox, and before it one that only the signer opens', () => {
  expect(moves.filter(({ to }) => to === 'sending')).toEqual([
    { from: 'confirmed', to: 'sending', actor: 'dispatch' },
  ])
  expect(moves.filter(({ from, to }) => from === 'awaiting' && to === 'confirmed')).toEqual([
    { from: 'awaiting', to: 'confirmed', actor: 'signer' },
  ])
})

test('What has ended stays ended, and what was sent cannot be taken back', () => {
  const next = (from: LetterState) => moves.filter((move) => move.from === from).map(({ to }) => to)
  for (const ended of ['expired', 'withdrawn', 'disowned', 'undeliverable'] as const) {
    expect(next(ended)).toEqual([])
  }
  for (const gone of ['sent', 'delivered'] as const) expect(next(gone)).not.toContain('withdrawn')
})
