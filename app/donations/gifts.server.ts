import { randomBytes, randomUUID } from 'node:crypto'
import { clock } from '#app/platform/clock.server.ts'
import {
  db,
  inTransaction,
  isUniqueViolation,
  type Prisma,
  type Reader,
  type Tx,
} from '#app/platform/db.server.ts'
import { tokenHash } from '#app/platform/tokens.server.ts'
import { invariant } from '#app/shared/invariant.ts'
import { isCurrencyCode } from '#app/shared/money.ts'
import { referenceFrom, type GiftAsked, type GiftState } from './gift.ts'

/** A gift with all that is needed to go on with it. */
export type KeptGift = {
  id: string
  reference: string
  state: GiftState
  /** As its donor made it; null when whom it came from has been forgotten. */
  asked: GiftAsked | null
  /** The partner's name; null for where it is most needed. */
  purposeName: string | null
  /** The one request for a payment page that may still be paid on, or that nobody knows of whether it can. */
  live: Attempt | null
}

export type Attempt = Prisma.CheckoutAttemptGetPayload<object>

/** The gift of a form that has been sent before; null for one that has not. */
export async function findGiftId(reader: Reader, token: string): Promise<string | null> {
  const row = await reader.gift.findUnique({ where: { tokenHash: tokenHash(token) }, select: { id: true } })
  return row?.id ?? null
}

/**
 * The gift of this form: one form is one gift. `add` makes it when the form is new, in a transaction, and may answer null:
 * then there is none.
 */
export async function findOrAddGift(
  token: string,
  add: (tx: Tx) => Promise<string | null>,
): Promise<string | null> {
  for (;;) {
    const id = await findGiftId(db, token)
    if (id !== null) return id
    try {
      return await inTransaction(add)
    } catch (error) {
      // The same form was sent twice at once, or chance made a reference twice: look again.
      if (!isUniqueViolation(error)) throw error
    }
  }
}

/** Makes a gift as its donor wants it. */
export async function addGift(
  tx: Tx,
  token: string,
  wish: GiftAsked,
  state: GiftState,
): Promise<Pick<KeptGift, 'id' | 'reference'>> {
  const id = randomUUID()
  const reference = referenceFrom(randomBytes(8))
  const now = clock.now()
  await tx.gift.create({
    data: {
      id,
      tokenHash: tokenHash(token),
      reference,
      state,
      ...columnsOf(wish),
      createdAt: now,
      stateAt: now,
      parts: { create: partOf(wish) },
      moves: { create: { from: null, to: state, actor: 'donor', at: now } },
    },
    select: { id: true },
  })
  return { id, reference }
}

/** Writes down what its donor wants now. */
export async function rewriteGift(tx: Tx, id: string, wish: GiftAsked): Promise<void> {
  await tx.giftPart.deleteMany({ where: { giftId: id } })
  await tx.gift.update({
    where: { id },
    data: { ...columnsOf(wish), parts: { create: partOf(wish) } },
    select: { id: true },
  })
}

function columnsOf({ amount, name, email, message, updatesWording }: GiftAsked) {
  return { amountMinor: amount.amountMinor, currency: amount.currency, name, email, message, updatesWording }
}

function partOf({ amount, purpose }: GiftAsked) {
  return { position: 0, partnerId: purpose, amountMinor: amount.amountMinor }
}

/** The gift as it is now, held until the transaction ends. Throws when there is none. */
export async function holdGift(tx: Tx, id: string): Promise<KeptGift> {
  await tx.$queryRaw`select 1 from gift where id = ${id}::uuid for update`
  return requireGift(tx, id)
}

/** The gift as it is now. Throws when there is none. */
export async function requireGift(reader: Reader, id: string): Promise<KeptGift> {
  const row = await reader.gift.findUniqueOrThrow({
    where: { id },
    include: {
      parts: { include: { partner: { select: { name: true } } }, orderBy: { position: 'asc' } },
      checkouts: { where: { state: { in: ['asked', 'open'] } } },
    },
  })
  const { name, email, currency } = row
  invariant(isCurrencyCode(currency), `${currency} is not a currency that Stripe can charge`)
  const [part] = row.parts
  return {
    id,
    reference: row.reference,
    state: row.state,
    asked:
      name === null || email === null
        ? null
        : {
            amount: { amountMinor: Number(row.amountMinor), currency },
            purpose: part?.partnerId ?? null,
            name,
            email,
            message: row.message,
            updatesWording: row.updatesWording,
          },
    purposeName: part?.partner?.name ?? null,
    live: row.checkouts[0] ?? null,
  }
}
