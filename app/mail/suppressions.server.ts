import { clock } from '#app/platform/clock.server.ts'
import type { Reader, Tx } from '#app/platform/db.server.ts'
import type { Scope } from './message.ts'

/** Why an address is not mailed. */
export type SuppressionReason = 'bounced' | 'complained' | 'unsubscribed' | 'erased' | 'staff'

/** Reasons that were the person's own wish, and that their own wish can therefore undo. */
const ownWish: SuppressionReason[] = ['unsubscribed', 'erased']

/**
 * Keeps an address from being mailed from now on; a first reason stands, but a complaint says more than a bounce,
 * whichever we hear of first. `all` covers `marketing`.
 */
export async function suppress(tx: Tx, hash: string, scope: Scope, reason: SuppressionReason): Promise<void> {
  await tx.suppression.createMany({
    data: { addressHash: hash, scope, reason, at: clock.now() },
    skipDuplicates: true,
  })
  if (reason === 'complained') {
    await tx.suppression.updateMany({
      where: { addressHash: hash, scope, reason: 'bounced' },
      data: { reason },
    })
  }
}

/** The person wants marketing mail again: their own wish to have none is lifted, and nothing that others decided. */
export async function liftOwnWish(tx: Tx, hash: string): Promise<void> {
  await tx.suppression.deleteMany({
    where: { addressHash: hash, scope: 'marketing', reason: { in: ownWish } },
  })
}

/** Why this address would get no marketing mail even if its owner asked for it; null when nothing stands against it. */
export async function heldAgainstWish(reader: Reader, hash: string): Promise<string | null> {
  const held = await reader.suppression.findFirst({
    where: { addressHash: hash, NOT: { scope: 'marketing', reason: { in: ownWish } } },
    orderBy: { scope: 'asc' },
  })
  return held?.reason ?? null
}

/** Of these addresses, those that must not get a message of this scope, each with the reason. */
export async function suppressed(
  reader: Reader,
  hashes: string[],
  scope: Scope,
): Promise<Map<string, string>> {
  const rows = await reader.suppression.findMany({
    where: {
      addressHash: { in: hashes },
      scope: scope === 'marketing' ? { in: ['all', 'marketing'] } : 'all',
    },
  })
  return new Map(rows.map((row) => [row.addressHash, row.reason]))
}
