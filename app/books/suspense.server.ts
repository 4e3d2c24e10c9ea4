import { fundFor, type Purpose } from '#app/partners/fund.ts'
import { ensureFunds } from '#app/partners/funds.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { inTransaction, type Reader, type Tx } from '#app/platform/db.server.ts'
import { invariant } from '#app/shared/invariant.ts'
import { isCurrencyCode, type Money } from '#app/shared/money.ts'
import { entriesFromSuspense } from './post.ts'

// Money that nobody knows of until a person looks: what stands in suspense, by the movement that put it there, and how a
// person who knows books it to its fund.

/** What a movement left in suspense: debit positive, so money that came is negative. */
export type InSuspense = { movementId: string; kind: string; occurredAt: Date; left: Money }

/** All that stands in suspense and can be booked, the oldest first. */
export async function listSuspense(reader: Reader): Promise<InSuspense[]> {
  return (await standings(reader)).filter(({ isBooked, left }) => !isBooked && left.amountMinor !== 0)
}

export type FromSuspense =
  | { outcome: 'booked'; left: Money }
  | { outcome: 'known'; fundId: string }
  | { outcome: 'not-there' }
  /** It is money that left, and the fund has not so much. */
  | { outcome: 'fund-too-small'; left: Money; has: Money }

/**
 * Books what a movement left in suspense to a fund, in one new ledger transaction whose memo is the reason: once, so
 * much and no more. What has come again meanwhile is in suspense no more.
 */
export async function bookFromSuspense(
  movementId: string,
  purpose: Purpose,
  reason: string,
): Promise<FromSuspense> {
  const fundId = fundFor(purpose)
  // By itself: who waits for a fund that another has begun to make must not keep that one from the books meanwhile.
  await inTransaction((tx) => ensureFunds(tx, [fundId]))
  return inTransaction(async (tx) => {
    // Nobody else adds to the books meanwhile: what suspense and the fund have is what they will have had.
    await tx.$executeRaw`lock table ledger_entry in share row exclusive mode`
    const standing = (await standings(tx)).find((each) => each.movementId === movementId)
    if (!standing) return { outcome: 'not-there' }
    if (standing.isBooked) return { outcome: 'known', fundId: await fundOf(tx, movementId) }
    const { left } = standing
    if (left.amountMinor === 0) return { outcome: 'not-there' }
    const has = await fundBalance(tx, fundId, left)
    const leaves = left.amountMinor > 0
    if (leaves && left.amountMinor > has.amountMinor) return { outcome: 'fund-too-small', left, has }
    const at = clock.now()
    const entries = entriesFromSuspense(left, fundId)
    await tx.ledgerTransaction.create({
      data: {
        ...{ key: keyOf(movementId), kind: 'correction', memo: reason, occurredAt: at, postedAt: at },
        entries: { createMany: { data: entries.map((entry, position) => ({ position, ...entry })) } },
      },
      select: { id: true },
    })
    return { outcome: 'booked', left }
  })
}

const KEY = 'manual:suspense:'
const keyOf = (movementId: string) => `${KEY}${movementId}`

type Row = {
  id: string
  kind: string
  occurred_at: Date
  currency: string
  own: string | null
  is_booked: boolean
  standing: string
}

/** Every movement that ever put something in suspense, and what of that is there. */
async function standings(reader: Reader): Promise<(InSuspense & { isBooked: boolean })[]> {
  const rows = await reader.$queryRaw<Row[]>`
    select id, kind::text, occurred_at, currency, own::text, is_booked,
      (sum(rest) over (partition by root, currency))::text as standing
    from (
      select m.id, m.kind, m.occurred_at, coalesce(m.undoes_id, m.id) as root, e.currency,
        sum(e.amount_minor) filter (where t.movement_id = m.id) as own,
        sum(e.amount_minor) as rest,
        bool_or(t.movement_id is null) as is_booked
      from ledger_entry e join ledger_transaction t on t.id = e.transaction_id
      join movement m on t.movement_id = m.id or t.key = ${KEY} || m.id
      where e.account = 'suspense'
      group by m.id, e.currency
    ) movements
    order by occurred_at, id`
  return rows.map(({ id, kind, occurred_at: occurredAt, currency, own, is_booked: isBooked, standing }) => {
    invariant(isCurrencyCode(currency), `${currency} is not a currency that Stripe can charge`)
    const amountMinor = leftOf(Number(own ?? 0), Number(standing))
    return { movementId: id, kind, occurredAt, isBooked, left: { amountMinor, currency } }
  })
}

/** Of what a movement put there, what it and those that undo it leave together. */
function leftOf(own: number, standing: number): number {
  if (Math.sign(own) !== Math.sign(standing)) return 0
  return Math.sign(own) * Math.min(Math.abs(own), Math.abs(standing))
}

async function fundOf(tx: Tx, movementId: string): Promise<string> {
  const entry = await tx.ledgerEntry.findFirstOrThrow({
    where: { transaction: { key: keyOf(movementId) }, account: 'income' },
    select: { fundId: true },
  })
  return entry.fundId ?? ''
}

async function fundBalance(tx: Tx, fundId: string, { currency }: Money): Promise<Money> {
  const { _sum } = await tx.ledgerEntry.aggregate({
    where: { fundId, currency },
    _sum: { amountMinor: true },
  })
  return { amountMinor: 0 - Number(_sum.amountMinor ?? 0n), currency }
}
