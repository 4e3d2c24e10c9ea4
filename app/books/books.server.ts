import { undoes, movementKinds, type Movement } from '#app/donations/movement.ts'
import { listUnposted, requireMovement } from '#app/donations/movements.server.ts'
import { ensureFunds } from '#app/partners/funds.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { inTransaction, type Reader, type Tx } from '#app/platform/db.server.ts'
import { isAccount, type Account } from './account.ts'
import { entriesOf, type Share, type Standing } from './post.ts'

/** posted: the movements that are in the books now and were not before. waits: for another movement of the same gift. */
export type Posting =
  { outcome: 'posted'; movementIds: string[] } | { outcome: 'known' } | { outcome: 'waits' }

/**
 * Posts a movement, with all of its gift that can be posted now, in the order in which they happened: so the books are the
 * same in whatever order the news came. What goes back waits until what came in is posted, and is then posted with it.
 * Safe to call twice and at once: one movement is one ledger transaction.
 */
export function postMovement(movementId: string): Promise<Posting> {
  return inTransaction(async (tx) => {
    const { giftId } = await requireMovement(tx, movementId)
    // One at a time for each gift: what a refund takes from whom depends on what was taken before.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`books ${giftId ?? movementId}`}, 0))`
    if (await isPosted(tx, movementId)) return { outcome: 'known' }

    const movementIds: string[] = []
    for (const movement of await waitingWith(tx, movementId, giftId)) {
      if (!(await mayBePosted(tx, movement))) continue
      await addToLedger(tx, movement)
      movementIds.push(movement.id)
    }
    return movementIds.includes(movementId) ? { outcome: 'posted', movementIds } : { outcome: 'waits' }
  })
}

async function isPosted(tx: Tx, movementId: string): Promise<boolean> {
  return (await tx.ledgerTransaction.count({ where: { movementId } })) > 0
}

async function waitingWith(tx: Tx, movementId: string, giftId: string | null): Promise<Movement[]> {
  if (giftId === null) return [await requireMovement(tx, movementId)]
  return (await listUnposted(tx, giftId)).toSorted(asTheyHappened)
}

/** Stripe tells the second; within one, what comes in precedes what goes back. */
function asTheyHappened(a: Movement, b: Movement): number {
  const rank = ({ kind }: Movement) => movementKinds.indexOf(kind)
  return a.occurredAt.getTime() - b.occurredAt.getTime() || rank(a) - rank(b) || (a.id < b.id ? -1 : 1)
}

async function mayBePosted(tx: Tx, { kind, giftId, undoesId }: Movement): Promise<boolean> {
  if (giftId === null) return true
  if (undoesId !== null && undoes(kind)) return isPosted(tx, undoesId)
  if (kind !== 'refund' && kind !== 'dispute') return true
  return (await tx.ledgerTransaction.count({ where: { movement: { giftId, kind: 'charge' } } })) > 0
}

async function addToLedger(tx: Tx, movement: Movement): Promise<void> {
  const entries = entriesOf(movement, await standingOf(tx, movement))
  await ensureFunds(tx, [...new Set(entries.flatMap(({ fundId }) => fundId ?? []))])
  const { id, kind, occurredAt, exchangeRate } = movement
  await tx.ledgerTransaction.create({
    data: {
      key: `stripe:${id}`,
      kind,
      movementId: id,
      occurredAt,
      postedAt: clock.now(),
      exchangeRate,
      entries: { createMany: { data: entries.map((entry, position) => ({ position, ...entry })) } },
    },
    select: { id: true },
  })
}

/** What the ledger holds of the movement's gift, and of what it undoes. */
async function standingOf(tx: Tx, { giftId, given, undoesId }: Movement): Promise<Standing> {
  if (giftId === null || given === null) return { left: [], taken: [] }
  const left = await tx.$queryRaw<SharesRow[]>`
    select e.fund_id, -sum(e.amount_minor) as amount from ledger_entry e
    join ledger_transaction t on t.id = e.transaction_id join movement m on m.id = t.movement_id
    where m.gift_id = ${giftId}::uuid and e.account = 'income' and e.currency = ${given.currency}
    group by e.fund_id`
  const taken = await tx.$queryRaw<SharesRow[]>`
    select e.fund_id, sum(e.amount_minor) as amount from ledger_entry e
    join ledger_transaction t on t.id = e.transaction_id join movement m on m.id = t.movement_id
    where (m.id = ${undoesId} or m.undoes_id = ${undoesId}) and e.account in ('income', 'suspense')
      and e.currency = ${given.currency}
    group by e.fund_id`
  return { left: sharesOf(left), taken: sharesOf(taken) }
}

type SharesRow = { fund_id: string | null; amount: { toString(): string } }

function sharesOf(rows: SharesRow[]): Share[] {
  return rows
    .map(({ fund_id: fundId, amount }) => ({ fundId, amountMinor: Number(amount.toString()) }))
    .filter(({ amountMinor }) => amountMinor > 0)
}

/** What stands on an account, for one fund where it is kept by fund, in one currency. */
export type Balance = { account: Account; fundId: string | null; currency: string; amountMinor: bigint }

/** Every balance that anything was ever booked on. */
export async function balances(reader: Reader): Promise<Balance[]> {
  const sums = await reader.ledgerEntry.groupBy({
    by: ['account', 'fundId', 'currency'],
    _sum: { amountMinor: true },
    orderBy: [{ account: 'asc' }, { fundId: 'asc' }, { currency: 'asc' }],
  })
  return sums.flatMap(({ account, fundId, currency, _sum }) =>
    isAccount(account) ? [{ account, fundId, currency, amountMinor: _sum.amountMinor ?? 0n }] : [],
  )
}

/**
 * One word for everything that is in the books. Two ledgers that say the same have the same one, whatever the order in
 * which, and the time at which, they were written.
 */
export async function ledgerHash(reader: Reader): Promise<string> {
  const [row] = await reader.$queryRaw<{ hash: string }[]>`
    select encode(sha256(convert_to(coalesce(string_agg(line, e'\n' order by line collate "C"), ''), 'UTF8')), 'hex')
      as hash
    from (
      select concat_ws(' ', t.key, t.kind, extract(epoch from t.occurred_at), coalesce(t.exchange_rate, '-'),
        e.account, coalesce(e.fund_id, '-'), e.amount_minor, e.currency) as line
      from ledger_entry e join ledger_transaction t on t.id = e.transaction_id
    ) lines`
  return row?.hash ?? ''
}
