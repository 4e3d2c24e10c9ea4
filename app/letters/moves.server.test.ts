import { describe, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { addCampaign, addLetter, addSeat } from '#tests/support/letters.ts'
import { moveLetter } from './moves.server.ts'

const letterOf = (id: string) => db.letter.findUniqueOrThrow({ where: { id } })

describe('A letter', () => {
  test('that its signer withdraws forgets its words and whose they were, and each move is written down', async () => {
    const id = await addLetter()
    expect(await inTransaction((tx) => moveLetter(tx, id, 'confirmed', 'signer'))).toBe(true)
    expect(await inTransaction((tx) => moveLetter(tx, id, 'withdrawn', 'signer'))).toBe(true)
    expect(await letterOf(id)).toMatchObject({
      state: 'withdrawn',
      name: null,
      postalAddress: null,
      body: null,
    })
    const moves = await db.letterMove.findMany({ where: { letterId: id }, orderBy: { id: 'asc' } })
    expect(moves.map(({ from, to }) => [from, to])).toEqual([
      [null, 'awaiting'],
      ['awaiting', 'confirmed'],
      ['confirmed', 'withdrawn'],
    ])
  })

  test('that waits is moved by nobody but its signer and the clock', async () => {
    const id = await addLetter()
    expect(await inTransaction((tx) => moveLetter(tx, id, 'sending', 'dispatch'))).toBe(false)
    expect(await inTransaction((tx) => moveLetter(tx, id, 'confirmed', 'dispatch'))).toBe(false)
    expect(await letterOf(id)).toMatchObject({ state: 'awaiting', confirmedAt: null })
  })

  test('is confirmed once, when its signer presses twice at the same instant', async () => {
    const id = await addLetter()
    const confirm = () => inTransaction((tx) => moveLetter(tx, id, 'confirmed', 'signer'))
    expect((await Promise.all([confirm(), confirm()])).toSorted()).toEqual([false, true])
  })
})

describe('The database refuses', () => {
  test('a letter that leaves unconfirmed', async () => {
    const id = await addLetter()
    await expect(db.letter.update({ where: { id }, data: { state: 'confirmed' } })).rejects.toThrow(
      'letter_confirmed',
    )
  })

  test('a second letter of one address to one seat, unless the first ended unsent', async () => {
    const where = { campaignId: await addCampaign(), ...(await addSeat()), email: 'bea@example.org' }
    await addLetter({ ...where, state: 'withdrawn' })
    await addLetter({ ...where, state: 'confirmed' })
    await expect(addLetter(where)).rejects.toThrow('Unique constraint')
  })

  test('words of a letter that ended unsent', async () => {
    const id = await addLetter({ state: 'disowned' })
    await expect(db.letter.update({ where: { id }, data: { name: 'Ani' } })).rejects.toThrow(
      'letter_forgotten',
    )
  })
})
