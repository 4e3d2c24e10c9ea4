import { listMovements } from '#app/donations/movements.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { inSnapshot, type Reader } from '#app/platform/db.server.ts'
import { compareWithStripe, type Difference, type StripeFigures } from './difference.ts'
import { transferDifferences } from './transfers.server.ts'

/** A movement, and a bank transfer, is posted within seconds; one that is not after an hour has stuck. */
const STUCK_AFTER_MS = 60 * 60 * 1000

/**
 * Everything about the books that does not hold: in themselves, and against Stripe's list, which was read from
 * `listedAt` on. What came in since then and is not on it is left out: it happened after the list was read.
 */
export function differencesFrom(theirs: readonly StripeFigures[], listedAt: Date): Promise<Difference[]> {
  return inSnapshot(async (reader) => {
    const late = await movementsAfter(reader, theirs, listedAt)
    const stuckSince = new Date(clock.now().getTime() - STUCK_AFTER_MS)
    const ours = (await listMovements(reader)).filter(({ id }) => !late.has(id))
    return [
      ...(await unbalanced(reader)),
      ...(await unposted(reader, stuckSince)),
      ...(await transferDifferences(reader, stuckSince)),
      ...(await postedOtherwise(reader)),
      ...(await fundsBelowZero(reader)),
      ...compareWithStripe(ours, await bookedAtStripe(reader, late), theirs),
    ]
  })
}

async function movementsAfter(
  reader: Reader,
  theirs: readonly StripeFigures[],
  listedAt: Date,
): Promise<ReadonlySet<string>> {
  const listed = new Set(theirs.map(({ id }) => id))
  const rows = await reader.movement.findMany({
    where: { recordedAt: { gt: listedAt } },
    select: { id: true },
  })
  return new Set(rows.map(({ id }) => id).filter((id) => !listed.has(id)))
}

/** The database refuses these; we look all the same, for the day that somebody goes past it. */
async function unbalanced(reader: Reader): Promise<Difference[]> {
  const rows = await reader.$queryRaw<{ key: string; currency: string; off: string }[]>`
    select t.key, e.currency, sum(e.amount_minor)::text as off from ledger_entry e
    join ledger_transaction t on t.id = e.transaction_id
    group by t.key, e.currency having sum(e.amount_minor) <> 0 order by t.key, e.currency`
  return rows.map(({ key, currency, off }) => ({ found: 'unbalanced', key, currency, offBy: BigInt(off) }))
}

async function unposted(reader: Reader, before: Date): Promise<Difference[]> {
  const rows = await reader.movement.findMany({
    where: { posted: null, recordedAt: { lt: before } },
    orderBy: { id: 'asc' },
    select: { id: true, recordedAt: true },
  })
  return rows.map(({ id, recordedAt }) => ({ found: 'unposted', id, since: recordedAt }))
}

/** Each movement against what its own ledger transaction did to the balance at Stripe; and nothing else touched that. */
async function postedOtherwise(reader: Reader): Promise<Difference[]> {
  const rows = await reader.$queryRaw<{ key: string; id: string | null; ours: string; booked: string }[]>`
    select t.key, m.id, concat_ws(' ', m.net_minor, m.currency) as ours,
      coalesce(string_agg(concat_ws(' ', e.amount_minor, e.currency), ', ' order by e.position),
        concat_ws(' ', 0, m.currency)) as booked
    from ledger_transaction t
    left join movement m on m.id = t.movement_id
    left join ledger_entry e on e.transaction_id = t.id and e.account = 'stripe:balance'
    where m.id is not null or e.account is not null
    group by t.key, m.id
    order by t.key`
  return rows.flatMap(({ key, id, ours, booked }): Difference[] => {
    if (id === null) return [{ found: 'of-no-movement', key }]
    return ours === booked ? [] : [{ found: 'posted-otherwise', id, ours, booked }]
  })
}

async function fundsBelowZero(reader: Reader): Promise<Difference[]> {
  const rows = await reader.$queryRaw<{ fund_id: string; currency: string; balance: string }[]>`
    select fund_id, currency, (-sum(amount_minor))::text as balance from ledger_entry where fund_id is not null
    group by fund_id, currency having sum(amount_minor) > 0 order by fund_id, currency`
  return rows.map(({ fund_id: fundId, currency, balance }) => ({
    found: 'fund-below-zero',
    fundId,
    currency,
    balance: BigInt(balance),
  }))
}

/** What stands on `stripe:balance`, by currency, without those movements. */
async function bookedAtStripe(reader: Reader, without: ReadonlySet<string>): Promise<Map<string, bigint>> {
  const sums = await reader.$queryRaw<{ currency: string; sum: string }[]>`
    select e.currency, sum(e.amount_minor)::text as sum from ledger_entry e
    join ledger_transaction t on t.id = e.transaction_id
    where e.account = 'stripe:balance' and coalesce(t.movement_id <> all(${[...without]}), true)
    group by e.currency`
  return new Map(sums.map(({ currency, sum }) => [currency, BigInt(sum)]))
}
