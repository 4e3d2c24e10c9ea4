import { beforeAll, describe, expect, test } from 'vitest'
import { receiveTransfer } from '#app/donations/transfers.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { dayInBritain } from '#app/shared/dates.ts'
import { isCurrencyCode } from '#app/shared/money.ts'
import { startFromSeed } from '#tests/support/database.ts'
import { addGift } from '#tests/support/gifts.ts'
import { sayDifference } from './difference.ts'
import { postBankTransfer } from './transfers.server.ts'
import { differencesFrom } from './verify.server.ts'

beforeAll(startFromSeed)

/** A gift of Ani's that came by bank transfer today. */
async function aTransfer(story: Parameters<typeof addGift>[0] = {}): Promise<string> {
  const id = await addGift({ ...story, state: 'promised' })
  const { amountMinor, currency } = await db.gift.findUniqueOrThrow({ where: { id } })
  if (!isCurrencyCode(currency)) throw new Error(currency)
  const amount = { amountMinor: Number(amountMinor), currency }
  await receiveTransfer(id, { amount, on: dayInBritain(clock.now()), insteadOf: null })
  return id
}

const bookedFor = async (giftId: string) => {
  const rows = await db.ledgerTransaction.findMany({
    where: { key: { contains: giftId } },
    include: { entries: { orderBy: { position: 'asc' } } },
  })
  return rows.map(({ key, kind, movementId, occurredAt, entries }) => ({
    ...{ key, kind, movementId, occurredAt },
    lines: entries.map(({ account, fundId, amountMinor, currency }) => [
      account,
      fundId,
      Number(amountMinor),
      currency,
    ]),
  }))
}

/** What Stripe lists is nothing: no transfer was ever there. */
const found = () => differencesFrom([], clock.now())

describe('A gift that came by bank transfer', () => {
  test('is booked in its own currency: our bank has it, and the fund that Ani gave it to', async () => {
    const { id: partnerId } = await db.partner.findFirstOrThrow()
    const id = await aTransfer({ partnerId, currency: 'EUR', amountMinor: 4001 })
    expect(await postBankTransfer(id)).toBe('posted')
    const { receivedAt } = await db.gift.findUniqueOrThrow({ where: { id } })
    expect(await bookedFor(id)).toEqual([
      {
        ...{ key: `manual:bank:${id}`, kind: 'bank-transfer', movementId: null, occurredAt: receivedAt },
        lines: [
          ['bank', null, 4001, 'EUR'],
          ['income', `partner:${partnerId}`, -4001, 'EUR'],
        ],
      },
    ])
    expect(await found()).toEqual([])
  })

  test('is booked once, whether two workers do it at the same instant or one does it twice', async () => {
    const id = await aTransfer()
    const post = () => postBankTransfer(id)
    const said = [...(await Promise.all([post(), post(), post()])), await post()]
    expect(said.toSorted()).toEqual(['known', 'known', 'known', 'posted'])
    expect(await bookedFor(id)).toHaveLength(1)
  })

  test.each(['promised', 'received'] as const)(
    'is not booked when it was %s and nobody saw it on the statement',
    async (state) => {
      const id = await addGift({ state })
      await expect(postBankTransfer(id)).rejects.toThrow()
      expect(await bookedFor(id)).toEqual([])
    },
  )

  test('and is not booked within the hour is named by its reference when the books are verified', async () => {
    const start = clock.now()
    const id = await aTransfer()
    const { reference } = await db.gift.findUniqueOrThrow({ where: { id } })
    expect(await found()).toEqual([])
    clock.set(new Date(start.getTime() + 61 * 60_000))
    const [difference, ...more] = await found()
    clock.set(start)
    expect(more).toEqual([])
    expect(difference).toMatchObject({ found: 'transfer-unposted', reference })
    expect(difference && sayDifference(difference).join(' ')).toContain('books.post-bank-transfer')
    await postBankTransfer(id)
    expect(await found()).toEqual([])
  })

  test('and was changed past the database’s guards is found, as is one that is of no gift', async () => {
    const id = await aTransfer()
    await postBankTransfer(id)
    const pastTheGuards = (amountMinor: number, currency: string) =>
      inTransaction(async (tx) => {
        await tx.$executeRaw`set local session_replication_role = replica`
        await tx.gift.update({ where: { id }, data: { amountMinor, currency } })
        await tx.giftPart.updateMany({ where: { giftId: id }, data: { amountMinor } })
      })
    await pastTheGuards(2501, 'GBP')
    expect(await found()).toMatchObject([{ found: 'posted-otherwise', id: `manual:bank:${id}` }])
    await pastTheGuards(2500, 'EUR')
    expect(await found()).toMatchObject([{ found: 'posted-otherwise' }])
    await pastTheGuards(2500, 'GBP')
    expect(await found()).toEqual([])
    await db.gift.delete({ where: { id } })
    expect(await found()).toEqual([{ found: 'of-no-gift', key: `manual:bank:${id}` }])
  })
})
