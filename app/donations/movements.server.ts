import { isDeepStrictEqual } from 'node:util'
import { clock } from '#app/platform/clock.server.ts'
import type { Prisma, Reader, Tx } from '#app/platform/db.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { invariant } from '#app/shared/invariant.ts'
import { isCurrencyCode, type CurrencyCode } from '#app/shared/money.ts'
import { z } from 'zod'
import { checkMovement, type Movement } from './movement.ts'

/** The same balance transaction was read twice and said two things. Nobody may choose between them but a person. */
export class MovementContradicted extends Error {
  override name = 'MovementContradicted'
}

/**
 * Keeps a movement once, and asks the books to post it, in the caller's transaction. A movement that is kept already is
 * left as it is. Throws when the figures cannot be right, or are other figures than those kept; what a movement undoes
 * must be kept before it.
 */
export async function recordMovement(tx: Tx, movement: Movement): Promise<'recorded' | 'known'> {
  const problems = checkMovement(movement)
  invariant(problems.length === 0, `Movement ${movement.id} cannot be right: ${problems.join(', ')}`)
  const { count } = await tx.movement.createMany({ data: [rowOf(movement)], skipDuplicates: true })
  if (count === 0) {
    const kept = await requireMovement(tx, movement.id)
    if (!isDeepStrictEqual(inOrder(kept), inOrder(movement))) {
      throw new MovementContradicted(
        `Movement ${movement.id} is kept with other figures than Stripe states now: compare the two, and correct the ` +
          'books by hand if what is kept is wrong.',
      )
    }
    return 'known'
  }
  await enqueue(tx, 'books.post', { movementId: movement.id }, { key: `books.post ${movement.id}` })
  return 'recorded'
}

/** The movement of that id; throws when there is none. */
export async function requireMovement(reader: Reader, id: string): Promise<Movement> {
  return movementOf(await reader.movement.findUniqueOrThrow({ where: { id } }))
}

/** Every movement of a gift that is not in the books yet. */
export async function listUnposted(reader: Reader, giftId: string): Promise<Movement[]> {
  const rows = await reader.movement.findMany({ where: { giftId, posted: null } })
  return rows.map(movementOf)
}

/** Every movement there is, or those of these ids. */
export async function listMovements(reader: Reader, ids?: string[]): Promise<Movement[]> {
  const which = ids ? { id: { in: ids } } : {}
  return (await reader.movement.findMany({ where: which, orderBy: { id: 'asc' } })).map(movementOf)
}

function rowOf({ given, ...movement }: Movement): Prisma.MovementCreateManyInput {
  return {
    ...movement,
    givenMinor: given?.amountMinor ?? null,
    givenCurrency: given?.currency ?? null,
    recordedAt: clock.now(),
  }
}

type Row = Prisma.MovementGetPayload<object>

function movementOf(row: Row): Movement {
  const { givenMinor, givenCurrency } = row
  return {
    id: row.id,
    kind: row.kind,
    giftId: row.giftId,
    undoesId: row.undoesId,
    given:
      givenMinor === null || givenCurrency === null
        ? null
        : { amountMinor: exactly(givenMinor), currency: currencyOf(givenCurrency) },
    grossMinor: exactly(row.grossMinor),
    feeMinor: exactly(row.feeMinor),
    netMinor: exactly(row.netMinor),
    currency: currencyOf(row.currency),
    exchangeRate: row.exchangeRate,
    feeParts: feeParts.parse(row.feeParts),
    funds: giftParts.parse(row.funds),
    occurredAt: row.occurredAt,
  }
}

const currency = z.custom<CurrencyCode>((code) => typeof code === 'string' && isCurrencyCode(code))
const feeParts = z.array(z.object({ kind: z.string(), amountMinor: z.int(), currency }))
const giftParts = z.array(z.object({ partnerId: z.string().nullable(), amountMinor: z.int() }))

/** PostgreSQL's bigint as a number: no amount of money outgrows what a number holds exactly. */
function exactly(amount: bigint): number {
  invariant(Number.isSafeInteger(Number(amount)), `${amount} is more than can be counted exactly`)
  return Number(amount)
}

function currencyOf(code: string): CurrencyCode {
  invariant(isCurrencyCode(code), `${code} is not a currency that Stripe can charge`)
  return code
}

/** Lists that mean the same in any order, in one order. */
function inOrder(movement: Movement): Movement {
  const byText = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  const funds = movement.funds
    .map(({ partnerId, amountMinor }) => ({ partnerId, amountMinor }))
    .toSorted(byText)
  const feeParts = movement.feeParts
    .map(({ kind, amountMinor, currency }) => ({ kind, amountMinor, currency }))
    .toSorted(byText)
  return { ...movement, funds, feeParts }
}
