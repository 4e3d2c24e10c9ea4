import {
  listReceivedTransfers,
  requireReceivedTransfer,
  type ReceivedTransfer,
} from '#app/donations/transfers.server.ts'
import { ensureFunds } from '#app/partners/funds.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { inTransaction, type Reader } from '#app/platform/db.server.ts'
import type { Difference } from './difference.ts'
import { entriesOfTransfer } from './post.ts'

// Gifts that came by bank transfer, in the books: one ledger transaction each, keyed by the gift.

const keyOf = (giftId: string) => `manual:bank:${giftId}`

/** Posts a gift that was received by bank transfer. Safe to call twice and at once: one gift is one ledger transaction. */
export function postBankTransfer(giftId: string): Promise<'posted' | 'known'> {
  return inTransaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`books ${giftId}`}, 0))`
    const key = keyOf(giftId)
    if ((await tx.ledgerTransaction.count({ where: { key } })) > 0) return 'known'
    const transfer = await requireReceivedTransfer(tx, giftId)
    const entries = entriesOfTransfer(transfer)
    await ensureFunds(tx, [...new Set(entries.flatMap(({ fundId }) => fundId ?? []))])
    await tx.ledgerTransaction.create({
      data: {
        ...{ key, kind: 'bank-transfer', occurredAt: transfer.receivedAt, postedAt: clock.now() },
        entries: { createMany: { data: entries.map((entry, position) => ({ position, ...entry })) } },
      },
      select: { id: true },
    })
    return 'posted'
  })
}

/** Each gift that was received so against its own ledger transaction; `stuckSince`: what is older should be booked. */
export async function transferDifferences(reader: Reader, stuckSince: Date): Promise<Difference[]> {
  const rows = await reader.ledgerTransaction.findMany({
    where: { key: { startsWith: keyOf('') } },
    orderBy: { key: 'asc' },
    select: {
      key: true,
      entries: { select: { account: true, fundId: true, amountMinor: true, currency: true } },
    },
  })
  const booked = new Map(rows.map(({ key, entries }) => [key, sayEntries(entries)]))
  const differences = (await listReceivedTransfers(reader)).flatMap((transfer): Difference[] => {
    const key = keyOf(transfer.giftId)
    const there = booked.get(key)
    booked.delete(key)
    if (there === undefined) return transfer.saidAt < stuckSince ? [unposted(transfer)] : []
    const ours = sayEntries(entriesOfTransfer(transfer))
    return ours === there ? [] : [{ found: 'posted-otherwise', id: key, ours, booked: there }]
  })
  return [...differences, ...[...booked.keys()].map((key): Difference => ({ found: 'of-no-gift', key }))]
}

function unposted({ reference, saidAt }: ReceivedTransfer): Difference {
  return { found: 'transfer-unposted', reference, since: saidAt }
}

/** In one order: two that say the same are the same text. */
function sayEntries(entries: readonly Said[]): string {
  const lines = entries.map(({ account, fundId, amountMinor, currency }) =>
    [account, ...(fundId === null ? [] : [fundId]), amountMinor, currency].join(' '),
  )
  return lines.toSorted().join(', ')
}

type Said = { account: string; fundId: string | null; amountMinor: number | bigint; currency: string }
