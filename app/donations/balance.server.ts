import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { listBalanceTransactions, type BalanceLine } from '#app/platform/payments.server.ts'
import { ofNoGift } from './balance-line.ts'
import { convergeGift } from './converge.server.ts'
import { recordMovement } from './movements.server.ts'
import { moveMark, startingMark } from './sweep-mark.server.ts'
import { whoseIs } from './whose.server.ts'

const HOUR_MS = 60 * 60 * 1000
/** What came late onto the list, or could not be explained yet, is looked at again for so long. */
const MARGIN_MS = 24 * HOUR_MS

/**
 * Reads Stripe's list of balance transactions from a day before the place that it was read to, and all of it when nobody
 * knows that place; brings in those that are not here: of a gift by reading that gift, of no gift as they are. Afterwards each one
 * listed is a movement of ours. The mark moves only then.
 */
export async function readBalance(): Promise<void> {
  const at = clock.now()
  const mark = await startingMark('balance-transactions')
  const since = mark ? new Date(mark.getTime() - MARGIN_MS) : undefined
  const read = new Set<string>()
  const failures: unknown[] = []
  for await (const line of listBalanceTransactions(since)) {
    // One that cannot be brought in keeps no other from it.
    await bringIn(line, read).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures[0]
  await moveMark('balance-transactions', at)
}

/** `read` holds the gifts that have been read for this list already: what they did not explain once they do not now. */
async function bringIn(line: BalanceLine, read: Set<string>): Promise<void> {
  if (await isKept(line.id)) return
  const whose = line.sourceId === null ? null : await whoseIs(line.sourceId)
  if (whose?.outcome === 'gift' && !read.has(whose.giftId)) {
    read.add(whose.giftId)
    await convergeGift(whose.giftId)
    if (await isKept(line.id)) return
  }
  // An object may know its balance transaction a little later than the list does.
  const age = clock.now().getTime() - line.createdAt.getTime()
  if (whose?.outcome === 'gift' && age < HOUR_MS) return
  const movement = ofNoGift(line)
  if (movement) await inTransaction((tx) => recordMovement(tx, movement))
}

async function isKept(id: string): Promise<boolean> {
  return (await db.movement.count({ where: { id } })) > 0
}
