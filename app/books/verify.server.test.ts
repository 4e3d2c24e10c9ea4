import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import type { Movement } from '#app/donations/movement.ts'
import { recordMovement } from '#app/donations/movements.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction, type Tx } from '#app/platform/db.server.ts'
import { addGifts } from '#tests/support/gifts.ts'
import { charge, goesBack, ofNoGift } from '#tests/support/movements.ts'
import { postMovement } from './books.server.ts'
import type { StripeFigures } from './difference.ts'
import { differencesFrom } from './verify.server.ts'

/** Stripe's list: what happened there, kept by the test itself. */
const atStripe: StripeFigures[] = []

async function happens(movement: Movement): Promise<Movement> {
  atStripe.push({ ...movement, createdAt: movement.occurredAt })
  await addGifts([movement.giftId])
  await inTransaction((tx) => recordMovement(tx, movement))
  await postMovement(movement.id)
  return movement
}

const found = async (theirs = atStripe, listedAt = clock.now()) =>
  (await differencesFrom(theirs, listedAt)).map(({ found }) => found)

/** Goes past the database's guards, as nobody should; everything is put back after the look. */
async function pastTheGuards(change: (tx: Tx) => Promise<unknown>): Promise<string[]> {
  await inTransaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`
    await change(tx)
  })
  return found()
}

const start = clock.now()
afterEach(() => clock.set(new Date(start.getTime() + 1)))

describe('Verifying the books', () => {
  test('says nothing of a gift that came in, went back in part, and a fee', async () => {
    const came = await happens(charge(randomUUID(), [{ partnerId: null, amountMinor: 1000 }]))
    await happens(goesBack('refund', came, 400))
    await happens(ofNoGift('stripe_fee', -70))
    expect(await found()).toEqual([])
  })

  test('leaves out what came in after the list was read', async () => {
    const listedAt = new Date(clock.now().getTime() - 60_000)
    const list = [...atStripe]
    await happens(charge(randomUUID(), [{ partnerId: null, amountMinor: 500 }]))
    expect(await found(list, listedAt)).toEqual([])
    expect(await found(list, clock.now())).toEqual(['missing-there', 'other-balance'])
  })

  test('finds a movement that has not been posted for an hour', async () => {
    const stuck = ofNoGift('payout', -10)
    atStripe.push({ ...stuck, createdAt: stuck.occurredAt })
    await inTransaction((tx) => recordMovement(tx, stuck))
    expect(await found()).toEqual(['other-balance'])
    clock.set(new Date(clock.now().getTime() + 61 * 60_000))
    expect(await found()).toEqual(['unposted', 'other-balance'])
    await postMovement(stuck.id)
    expect(await found()).toEqual([])
  })

  test('finds one penny that was changed past the database’s guards', async () => {
    const [entry] = await db.ledgerEntry.findMany({ where: { account: 'stripe:balance' }, take: 1 })
    const { transactionId = '', position = 0 } = entry ?? {}
    const by = (penny: number) => (tx: Tx) =>
      tx.$executeRaw`update ledger_entry set amount_minor = amount_minor + ${penny}::int
        where transaction_id = ${transactionId}::uuid and position = ${position}`
    expect(await pastTheGuards(by(1))).toEqual(['unbalanced', 'posted-otherwise', 'other-balance'])
    expect(await pastTheGuards(by(-1))).toEqual([])
  })

  test('finds what a person booked on the balance at Stripe, and a fund below zero', async () => {
    const at = clock.now()
    await db.ledgerTransaction.create({
      data: {
        key: 'manual:by-mistake',
        kind: 'correction',
        occurredAt: at,
        postedAt: at,
        entries: {
          createMany: {
            data: [
              { position: 0, account: 'stripe:balance', amountMinor: -9000, currency: 'GBP' },
              {
                position: 1,
                account: 'income',
                fundId: 'where-most-needed',
                amountMinor: 9000,
                currency: 'GBP',
              },
            ],
          },
        },
      },
    })
    expect(await found()).toEqual(['of-no-movement', 'fund-below-zero', 'other-balance'])
  })
})
