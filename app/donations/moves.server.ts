import { clock } from '#app/platform/clock.server.ts'
import type { Tx } from '#app/platform/db.server.ts'
import { isAllowedMove, type GiftActor, type GiftState } from './gift.ts'

/**
 * Moves a gift to a state, if that may follow the one that it is in, and writes down who brought it about. False when it
 * is there already or the move is not allowed: nothing is written then. Of two at once one gets true.
 */
export async function moveGift(tx: Tx, giftId: string, to: GiftState, actor: GiftActor): Promise<boolean> {
  const [held] = await tx.$queryRaw<{ state: GiftState }[]>`
    select state from gift where id = ${giftId}::uuid for update`
  if (!held || !isAllowedMove(held.state, to)) return false
  const at = clock.now()
  await tx.gift.update({ where: { id: giftId }, data: { state: to, stateAt: at }, select: { id: true } })
  await tx.giftMove.create({ data: { giftId, from: held.state, to, actor, at }, select: { id: true } })
  return true
}
