import { clock } from '#app/platform/clock.server.ts'
import { inTransaction, type Prisma, type Reader, type Tx } from '#app/platform/db.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { inTurn } from '#app/platform/turn.server.ts'
import { dateOfDay, dayInBritain, type Day } from '#app/shared/dates.ts'
import { invariant } from '#app/shared/invariant.ts'
import { isCurrencyCode, type Money } from '#app/shared/money.ts'
import { queueGiftMail } from './gift-mails.server.ts'
import type { GiftState } from './gift.ts'
import { holdGift, rewriteGift, type KeptGift } from './gifts.server.ts'
import type { GiftPart } from './movement.ts'
import { moveGift } from './moves.server.ts'
import { askForUpdates } from './updates-wish.server.ts'

// Gifts that come by bank transfer. Nobody tells us of them: a person finds them on the bank statement, and says so.

/** A gift that was promised and has not come. Nothing of who gives. */
export type Promised = { reference: string; amount: Money; purposeName: string | null; since: Date }

/** All that is promised and has not come, the oldest first. */
export async function listPromised(reader: Reader): Promise<Promised[]> {
  const gifts = await reader.gift.findMany({
    where: { state: 'promised' },
    orderBy: [{ stateAt: 'asc' }, { id: 'asc' }],
    include: { parts: { include: { partner: { select: { name: true } } }, orderBy: { position: 'asc' } } },
  })
  return gifts.map((gift) => ({
    reference: gift.reference,
    amount: amountOf(gift),
    purposeName: gift.parts[0]?.partner?.name ?? null,
    since: gift.stateAt,
  }))
}

/** The gift that people call so, and what is promised of it; null when there is none. */
export async function findByReference(
  reader: Reader,
  reference: string,
): Promise<{ id: string; amount: Money } | null> {
  const gift = await reader.gift.findUnique({ where: { reference: reference.toUpperCase() } })
  return gift && { id: gift.id, amount: amountOf(gift) }
}

/** A transfer as it stands on the bank statement. */
export type Transfer = {
  amount: Money
  on: Day
  /** What was promised, said by whoever knows that something else came; null for those who do not. */
  insteadOf: Money | null
}

export type Receiving =
  | { outcome: 'received' }
  /** This very transfer was received before: nothing is written. */
  | { outcome: 'known' }
  /** It has been received, of another day or amount, or through Stripe: this is another transfer. */
  | { outcome: 'received-otherwise'; by: 'bank' | 'stripe'; amount: Money; on: Day }
  | { outcome: 'other-amount'; promised: Money }
  /** The day is before the gift was made, or has not come. */
  | { outcome: 'impossible-day'; from: Day; to: Day }
  /** The promise ended, and whom it came from is not known any more. */
  | { outcome: 'forgotten' }
  | { outcome: 'not-promised'; state: GiftState }

/**
 * A person has seen a promised gift on the bank statement: it is received, of that day, its books and its receipt are
 * asked for, and what its donor agreed to beside it counts; all of it or nothing, and once. Done in the gift's turn: its
 * donor may be on the way to Stripe's page. Another amount than was promised is what was given, when the person says
 * so: the books, and the receipt, say what the bank statement says.
 */
export function receiveTransfer(giftId: string, transfer: Transfer): Promise<Receiving> {
  return inTurn(`gift ${giftId}`, () => inTransaction((tx) => receive(tx, giftId, transfer)))
}

async function receive(tx: Tx, giftId: string, { amount, on, insteadOf }: Transfer): Promise<Receiving> {
  const gift = await holdGift(tx, giftId)
  const row = await tx.gift.findUniqueOrThrow({ where: { id: giftId }, include: { moves: true } })
  const promised = amountOf(row)
  if (gift.state === 'received') {
    const by = row.moves.some(isByHand) ? 'bank' : 'stripe'
    const day = dayInBritain(row.receivedAt ?? row.stateAt)
    if (by === 'bank' && day === on && isSame(promised, amount)) return { outcome: 'known' }
    return { outcome: 'received-otherwise', by, amount: promised, on: day }
  }
  if (!isPromised(gift, row.moves)) return { outcome: 'not-promised', state: gift.state }
  if (gift.asked === null) return { outcome: 'forgotten' }
  const [from, to] = [dayInBritain(row.createdAt), dayInBritain(clock.now())]
  if (on < from || on > to) return { outcome: 'impossible-day', from, to }
  if (!isSame(promised, amount)) {
    if (insteadOf === null || !isSame(promised, insteadOf)) return { outcome: 'other-amount', promised }
    await rewriteGift(tx, giftId, { ...gift.asked, amount })
  }

  const receivedAt = timeOf(on)
  const isMoved = await moveGift(tx, giftId, 'received', 'staff')
  invariant(isMoved, `A gift that is ${gift.state} cannot be received`)
  await tx.gift.update({ where: { id: giftId }, data: { receivedAt }, select: { id: true } })
  await askForUpdates(tx, giftId)
  for (const job of ['donations.queue-receipt', 'books.post-bank-transfer']) {
    await enqueue(tx, job, { giftId }, { key: `${job} ${giftId}` })
  }
  return { outcome: 'received' }
}

/** Queues the receipt of a gift that was received, once. A job: who types a command may have no way to send mail. */
export async function queueReceipt(giftId: string): Promise<void> {
  await inTransaction(async (tx) => {
    const { receivedAt } = await requireReceivedTransfer(tx, giftId)
    await queueGiftMail(tx, giftId, { kind: 'receipt', receivedAt })
  })
}

type Move = Pick<Prisma.GiftMoveGetPayload<object>, 'to' | 'actor'>

/** Only a transfer is received because a person says so. */
export function isByHand({ to, actor }: Move): boolean {
  return to === 'received' && actor === 'staff'
}

/** It is waited for; or it was, and nothing can be paid at Stripe any more. */
function isPromised({ state, live }: KeptGift, moves: readonly Move[]): boolean {
  if (live) return false
  return state === 'promised' || (state === 'expired' && moves.some(({ to }) => to === 'promised'))
}

/** A bank tells the day alone. Noon is of that day all over Britain; what is of today has happened. */
function timeOf(day: Day): Date {
  const noon = dateOfDay(day).getTime() + 12 * 3_600_000
  return new Date(Math.min(noon, clock.now().getTime()))
}

/** A gift that was received by bank transfer, as the books need it. */
export type ReceivedTransfer = {
  giftId: string
  reference: string
  amount: Money
  funds: GiftPart[]
  receivedAt: Date
  /** When a person said so. */
  saidAt: Date
}

/** Every gift that was received by bank transfer. */
export async function listReceivedTransfers(reader: Reader): Promise<ReceivedTransfer[]> {
  const gifts = await reader.gift.findMany({ where: byTransfer, include, orderBy: { id: 'asc' } })
  return gifts.map(transferOf)
}

/** The gift that was received by bank transfer; throws when there is no such one. */
export async function requireReceivedTransfer(reader: Reader, giftId: string): Promise<ReceivedTransfer> {
  return transferOf(await reader.gift.findFirstOrThrow({ where: { ...byTransfer, id: giftId }, include }))
}

const byTransfer = {
  state: 'received',
  moves: { some: { to: 'received', actor: 'staff' } },
} satisfies Prisma.GiftWhereInput

const include = {
  parts: { orderBy: { position: 'asc' } },
  moves: { where: { to: 'received' } },
} satisfies Prisma.GiftInclude

function transferOf(gift: Prisma.GiftGetPayload<{ include: typeof include }>): ReceivedTransfer {
  const { id: giftId, reference, parts, receivedAt, stateAt } = gift
  return {
    ...{ giftId, reference, amount: amountOf(gift) },
    funds: parts.map(({ partnerId, amountMinor }) => ({ partnerId, amountMinor: Number(amountMinor) })),
    receivedAt: receivedAt ?? stateAt,
    saidAt: stateAt,
  }
}

function amountOf({ amountMinor, currency }: { amountMinor: bigint; currency: string }): Money {
  invariant(isCurrencyCode(currency), `${currency} is not a currency that Stripe can charge`)
  return { amountMinor: Number(amountMinor), currency }
}

function isSame(a: Money, b: Money): boolean {
  return a.amountMinor === b.amountMinor && a.currency === b.currency
}
