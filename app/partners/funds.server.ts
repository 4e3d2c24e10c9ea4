import type { Tx } from '#app/platform/db.server.ts'
import { purposeOf } from './fund.ts'

/** Makes those of these funds that do not exist yet. Safe for two at once; a partner that is not there is refused. */
export async function ensureFunds(tx: Tx, fundIds: readonly string[]): Promise<void> {
  if (fundIds.length === 0) return
  await tx.fund.createMany({
    data: fundIds.map((id) => ({ id, partnerId: purposeOf(id) })),
    skipDuplicates: true,
  })
}
