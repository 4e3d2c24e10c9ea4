import { clock } from '#app/platform/clock.server.ts'
import type { Tx } from '#app/platform/db.server.ts'
import {
  isAllowedMove,
  isEndedUnsent,
  type HoldReason,
  type LetterActor,
  type LetterState,
} from './letter.ts'

/** What a move says beyond its state. */
export type Because = { heldBecause?: HoldReason; messageId?: string; holderId?: string }

/**
 * Moves a letter to a state, if that may follow the one that it is in by this actor's doing, and writes down that it did.
 * False otherwise: nothing is written then. Of two at once one gets true. A letter that ends unsent forgets its words and
 * whose they were in the same instant.
 */
export async function moveLetter(
  tx: Tx,
  letterId: string,
  to: LetterState,
  actor: LetterActor,
  because: Because = {},
): Promise<boolean> {
  const [held] = await tx.$queryRaw<{ state: LetterState }[]>`
    select state::text from letter where id = ${letterId}::uuid for update`
  if (!held || !isAllowedMove(held.state, to, actor)) return false
  const at = clock.now()
  await tx.letter.update({
    where: { id: letterId },
    data: {
      ...{ state: to, stateAt: at, heldBecause: null, ...because },
      ...(held.state === 'awaiting' ? { codeHash: null } : {}),
      ...(held.state === 'awaiting' && to === 'confirmed' ? { confirmedAt: at } : {}),
      ...(isEndedUnsent(to) ? forgotten : {}),
    },
    select: { id: true },
  })
  await tx.letterMove.create({ data: { letterId, from: held.state, to, actor, at }, select: { id: true } })
  return true
}

const forgotten = { name: null, postalAddress: null, postal: null, body: null, updatesWording: null }
