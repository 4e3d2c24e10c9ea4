import { randomUUID } from 'node:crypto'
import { clock } from '#app/platform/clock.server.ts'
import type { Tx } from '#app/platform/db.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'

/**
 * The supporter with this address, found or added: one statement, which does the same for both. Its row is held until
 * the transaction ends, so that nobody is forgotten while they ask. An address that is known stays as it was first
 * written.
 */
export async function findOrAddSupporter(tx: Tx, address: string): Promise<string> {
  const [row] = await tx.$queryRaw<[{ id: string }]>`
    insert into supporter as known (id, address_hash, address, created_at)
    values (${randomUUID()}::uuid, ${addressHash(address)}, ${address}, ${clock.now()}::timestamptz)
    on conflict (address_hash) do update set address = coalesce(known.address, excluded.address)
    returning id`
  return row.id
}

/** Holds a supporter's row until the transaction ends: what is done for one person is done one after the other. */
export async function holdSupporter(tx: Tx, id: string): Promise<void> {
  await tx.$queryRaw`select 1 from supporter where id = ${id}::uuid for update`
}

/**
 * Forgets a supporter on whom nothing hangs. A part that hangs something on supporters adds its line here. Hold the
 * supporter first.
 */
export async function forgetIfNothingHangs(tx: Tx, id: string): Promise<void> {
  const { count } = await tx.supporter.deleteMany({
    where: { id, consents: { none: {} }, subscriptions: { none: {} } },
  })
  if (count > 0) await tx.privateLink.deleteMany({ where: { about: `supporter:${id}` } })
}
