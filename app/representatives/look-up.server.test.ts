import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { dateOfDay } from '#app/shared/dates.ts'
import { addHolder, addSeat, testChamber } from '#tests/support/letters.ts'
import { findSeat, findSeats, listSeats } from './look-up.server.ts'
import { readOffice } from './office.server.ts'

const find = (typed: string) => findSeats(db, testChamber, typed)

/** The divisions that are found, or how it ended. */
async function divisionsOf(typed: string): Promise<string[] | string> {
  const found = await find(typed)
  return found.outcome === 'found' ? found.seats.map(({ division }) => division) : found.outcome
}

const index = (postal: string, ...divisions: string[]) =>
  db.postalDivision.createMany({
    data: divisions.map((name) => ({ country: 'ZZ', postal, divisionId: `test:${name}`, source: 'test' })),
  })

beforeAll(async () => {
  for (const division of ['Harbour', 'Hill', 'Valley', 'Whole Island']) await addSeat({ division })
  await db.division.update({ where: { id: 'test:Hill' }, data: { parentId: 'test:Whole Island' } })
  await index('ZZ99ZA', 'Harbour')
  await index('ZZ99ZB', 'Harbour', 'Valley')
  await index('ZZ99ZC', 'Hill')
  await index('ZZ8', 'Valley')
  await index('ZZ88ZA', 'Harbour')
})

afterEach(() => clock.set(new Date()))

describe('Who speaks for a place', () => {
  test.each<[typed: string, divisions: string[] | string, how: string]>([
    ['ZZ9 9ZA', ['Harbour'], 'is one'],
    ['zz99zb', ['Harbour', 'Valley'], 'may be one of several: its supporter says which'],
    ['ZZ9 9ZC', ['Hill', 'Whole Island'], 'is also who speaks for the larger area around it'],
    ['ZZ8 1AA', ['Valley'], 'is known by how its code begins'],
    ['ZZ8 8ZA', ['Harbour'], 'is known better by the whole code than by how it begins'],
    ['ZZ7 7ZA', 'unknown', 'is not known'],
    ['Harbour', 'malformed', 'cannot be found by what is no code'],
    ['', 'empty', 'cannot be found by nothing'],
  ])('%s: %j (%s)', async (typed, divisions, _how) => {
    expect(await divisionsOf(typed)).toEqual(divisions)
  })

  test('is asked of one chamber alone', async () => {
    expect(await findSeats(db, { ...testChamber, chamber: 'another' }, 'ZZ9 9ZA')).toEqual({
      outcome: 'unknown',
      postal: 'ZZ9 9ZA',
    })
  })
})

describe('What a supporter is shown of a seat', () => {
  test('holds no email address, and says by which way a letter gets there', async () => {
    const { seatId } = await addSeat({ email: 'office@example.org' })
    const seat = await findSeat(db, testChamber, seatId)
    expect(seat?.holder?.way).toEqual({ kind: 'email' })
    expect(JSON.stringify(await listSeats(db, testChamber))).not.toContain('@')
  })

  test('is nothing for what names no seat of the chamber', async () => {
    const { seatId } = await addSeat()
    for (const id of ['', 'harbour', seatId.slice(1)]) expect(await findSeat(db, testChamber, id)).toBeNull()
    expect(await findSeat(db, { ...testChamber, chamber: 'another' }, seatId)).toBeNull()
  })

  test('is a vacancy while nobody holds it', async () => {
    const { seatId } = await addSeat({ holder: null })
    expect(await findSeat(db, testChamber, seatId)).toMatchObject({ holder: null })
    expect(await readOffice(db, seatId)).toMatchObject({ holder: null, email: null })
  })
})

describe('Where a letter goes', () => {
  test('is to whoever holds the seat on the day, and to nobody who has left or has not come', async () => {
    const { seatId, holderId } = await addSeat({ email: 'old@example.org' })
    const newId = await addHolder(seatId, { holder: 'Nora Example', email: 'new@example.org' })
    await db.holder.update({ where: { id: holderId ?? '' }, data: { endsOn: dateOfDay('2027-03-01') } })
    await db.holder.update({ where: { id: newId }, data: { startsOn: dateOfDay('2027-03-03') } })
    const emailOn = async (day: string) => {
      clock.set(new Date(`${day}T12:00:00Z`))
      return (await readOffice(db, seatId))?.email
    }
    expect(await emailOn('2027-02-28')).toBe('old@example.org')
    expect(await emailOn('2027-03-01')).toBeNull()
    expect(await emailOn('2027-03-03')).toBe('new@example.org')
  })

  test('is nowhere when the holder wants no email', async () => {
    const { seatId } = await addSeat({ preferred: 'webform', email: 'office@example.org' })
    expect(await readOffice(db, seatId)).toMatchObject({ holder: { name: 'Ada Example' }, email: null })
    // The form that they want is not known.
    expect((await findSeat(db, testChamber, seatId))?.holder?.way).toEqual({ kind: 'none' })
  })

  test('is nowhere for a seat that is not there', async () => {
    expect(await readOffice(db, '00000000-0000-7000-8000-000000000000')).toBeNull()
  })
})
