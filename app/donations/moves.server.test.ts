import { describe, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { addGift } from '#tests/support/gifts.ts'
import { giftStates, isAllowedMove, referenceFrom, type GiftState } from './gift.ts'
import { moveGift } from './moves.server.ts'

const move = (id: string, to: GiftState) => inTransaction((tx) => moveGift(tx, id, to, 'stripe'))
const stateOf = async (id: string) => (await db.gift.findUniqueOrThrow({ where: { id } })).state

const pairs = giftStates.flatMap((from) => giftStates.map((to) => [from, to] as const))

describe('A gift moves', () => {
  test.each(pairs)(
    'from %s to %s only if the table says so, and then it is written down',
    async (from, to) => {
      const id = await addGift({ state: from })
      const moved = await move(id, to)
      expect(moved).toBe(isAllowedMove(from, to))
      expect(await stateOf(id)).toBe(moved ? to : from)
      const written = await db.giftMove.findMany({ where: { giftId: id } })
      expect(written).toMatchObject(moved ? [{ from, to, actor: 'stripe' }] : [])
    },
  )

  test('once, when two hear the same at the same instant', async () => {
    const id = await addGift()
    const moved = await Promise.all([move(id, 'received'), move(id, 'received'), move(id, 'received')])
    expect(moved.filter(Boolean)).toHaveLength(1)
    expect(await db.giftMove.count({ where: { giftId: id } })).toBe(1)
  })

  test('and what was written about it is not changed afterwards', async () => {
    const id = await addGift()
    await move(id, 'received')
    await expect(db.giftMove.updateMany({ where: { giftId: id }, data: { actor: 'staff' } })).rejects.toThrow(
      'only ever added to',
    )
  })
})

describe('The database refuses', () => {
  test('a gift whose parts are not the gift', async () => {
    const id = await addGift({ amountMinor: 2500 })
    await expect(db.gift.update({ where: { id }, data: { amountMinor: 2400 } })).rejects.toThrow(
      'are not the gift',
    )
    await expect(
      db.giftPart.update({
        where: { giftId_position: { giftId: id, position: 0 } },
        data: { amountMinor: 1 },
      }),
    ).rejects.toThrow('are not the gift')
  })

  test('a gift of somebody without an address', async () => {
    const id = await addGift()
    await expect(db.gift.update({ where: { id }, data: { email: null } })).rejects.toThrow('gift_donor')
  })

  test('a second page on which one gift could be paid', async () => {
    const giftId = await addGift()
    const attempt = {
      giftId,
      state: 'asked' as const,
      params: {},
      expiresAt: new Date(0),
      createdAt: new Date(0),
    }
    await db.checkoutAttempt.create({ data: attempt })
    await expect(db.checkoutAttempt.create({ data: attempt })).rejects.toThrow('Unique constraint')
  })
})

test('a reference is made of signs that nobody takes for one another', () => {
  expect(referenceFrom(Uint8Array.from([0, 31, 32, 255, 18, 19, 20, 21]))).toBe('G-0Z0ZJKMN')
  expect(referenceFrom(Uint8Array.from({ length: 8 }, (_, at) => at + 9))).not.toMatch(/[ILOU]/)
})
