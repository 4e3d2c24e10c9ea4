import { afterEach, describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { findSeats, listSeats } from './look-up.server.ts'
import { readOffice } from './office.server.ts'
import { readRegister } from './register-rows.ts'
import { takeIn, type From, type TakingIn } from './take-in.server.ts'

const header =
  'external_id,country,chamber,role,name,division_id,division_name,email,contact_form_url,channel,source_url,retrieved_at'

/** A line of a register: who sits where, and how they are written to. */
function line(id: string, name: string, division: string, email = `${id}@example.org`, day = '2026-11-20') {
  return [id, 'ZZ', chamber, 'Member', name, `t:${division}`, division, email, '', 'email', web, day].join(
    ',',
  )
}
const web = 'https://example.org/members'
let chamber = ''
let source = ''

async function take(lines: string[], more: Partial<From> = {}): Promise<TakingIn> {
  const register = readRegister([header, ...lines].join('\n'))
  if (register.outcome === 'refused') throw new Error(register.problems.join('\n'))
  return inTransaction((tx) => takeIn(tx, register.read, { source, fileHash: 'hash', ...more }))
}

/** Who sits where by now, as "Harbour: Ada". */
async function sitting(): Promise<string[]> {
  const seats = await listSeats(db, { country: 'ZZ', chamber })
  return seats.map(({ division, holder }) => `${division}: ${holder?.name ?? 'vacant'}`)
}

let nth = 0
const newParliament = () => {
  nth++
  chamber = `house-${nth}`
  source = `source-${nth}`
}

afterEach(() => clock.set(new Date()))

describe('A register that is taken in', () => {
  test('tells who sits where, and taken in again changes nothing', async () => {
    newParliament()
    const lines = [line('1', 'Ada', 'Harbour'), line('2', 'Ben', 'Hill')]
    expect(await take(lines)).toMatchObject({ added: 2, changed: 0, gone: 0 })
    expect(await sitting()).toEqual(['Harbour: Ada', 'Hill: Ben'])
    expect(await take(lines)).toMatchObject({ added: 0, changed: 0, gone: 0 })
    expect(await db.holder.count({ where: { source } })).toBe(2)
  })

  test('after a by-election gives the seat to whoever won it, and keeps whoever held it', async () => {
    newParliament()
    await take([line('1', 'Ada', 'Harbour'), line('2', 'Ben', 'Hill')])
    const [harbour] = await listSeats(db, { country: 'ZZ', chamber })
    expect(
      await take([line('3', 'Cora', 'Harbour'), line('2', 'Ben', 'Hill', 'new@example.org')]),
    ).toMatchObject({
      ...{ added: 1, changed: 1, gone: 1 },
      lines: [
        `begins   Harbour, ${chamber}: Cora`,
        `changed  Hill, ${chamber}: Ben (email)`,
        `ends     t:Harbour, ${chamber}: Ada`,
      ],
    })
    expect(await sitting()).toEqual(['Harbour: Cora', 'Hill: Ben'])
    expect(await readOffice(db, harbour?.id ?? '')).toMatchObject({ email: '3@example.org' })
    const terms = await db.holder.findMany({ where: { seatId: harbour?.id ?? '' }, orderBy: { name: 'asc' } })
    expect(terms.map(({ name, endsOn }) => [name, endsOn !== null])).toEqual([
      ['Ada', true],
      ['Cora', false],
    ])
  })

  test('leaves a seat vacant when nobody follows, and fills it when somebody does', async () => {
    newParliament()
    const others = Array.from({ length: 10 }, (_, at) => line(`o${at}`, `Other ${at}`, `Place ${at}`))
    await take([line('1', 'Ada', 'Harbour'), ...others])
    await take(others)
    expect((await sitting())[0]).toBe('Harbour: vacant')
    await take([line('9', 'Nora', 'Harbour'), ...others])
    expect((await sitting())[0]).toBe('Harbour: Nora')
    expect(await db.seat.count({ where: { chamber, divisionId: 't:Harbour' } })).toBe(1)
  })

  test('gives a division that elects two as many seats, and a successor the one that was left', async () => {
    newParliament()
    const both = [line('1', 'Ada', 'State'), line('2', 'Ben', 'State')]
    await take(both)
    await take([line('3', 'Cora', 'State'), line('2', 'Ben', 'State')])
    expect((await sitting()).toSorted()).toEqual(['State: Ben', 'State: Cora'])
    expect(await db.seat.count({ where: { chamber } })).toBe(2)
  })

  test('moves somebody who won another seat: one term ends, another begins', async () => {
    newParliament()
    await take([line('1', 'Ada', 'Harbour'), line('2', 'Ben', 'Hill')])
    await take([line('1', 'Ada', 'Valley'), line('2', 'Ben', 'Hill')])
    expect(await sitting()).toEqual(['Harbour: vacant', 'Hill: Ben', 'Valley: Ada'])
  })

  test('that is cut short is refused, and taken in when a person insists', async () => {
    newParliament()
    const lines = Array.from({ length: 20 }, (_, at) => line(`${at}`, `Member ${at}`, `Place ${at}`))
    await take(lines)
    expect(await take(lines.slice(0, 17))).toEqual({ outcome: 'cut-short', had: 20, has: 17 })
    expect((await sitting()).filter((each) => each.includes('vacant'))).toEqual([])
    expect(await take(lines.slice(0, 17), { force: true })).toMatchObject({ gone: 3 })
    expect(await take(lines.slice(0, 16))).toMatchObject({ outcome: 'taken', gone: 1 })
  })

  test('is refused where another source says who sits', async () => {
    newParliament()
    await take([line('1', 'Ada', 'Harbour')])
    const other = await take([line('x1', 'Ada', 'Harbour')], { source: `other-${source}` })
    expect(other).toMatchObject({ outcome: 'refused' })
    expect(await db.holder.count({ where: { seat: { chamber } } })).toBe(1)
  })

  test('keeps the day on which somebody is to leave, and hears when they stay after all', async () => {
    newParliament()
    clock.set(new Date('2026-11-25T12:00:00Z'))
    const leaving = async (endDate: string) => {
      const register = readRegister(
        `${header},end_date\n${line('1', 'Ada', 'Harbour')},${endDate}\n${line('2', 'Ben', 'Hill')},`,
      )
      if (register.outcome === 'refused') throw new Error(register.problems.join('\n'))
      return inTransaction((tx) => takeIn(tx, register.read, { source, fileHash: 'hash' }))
    }
    await leaving('2026-12-10')
    expect(await leaving('2026-12-10')).toMatchObject({ added: 0, changed: 0, gone: 0 })
    expect(await sitting()).toEqual(['Harbour: Ada', 'Hill: Ben'])
    expect(await leaving('')).toMatchObject({ changed: 1, gone: 0 })
    await leaving('2026-12-10')
    clock.set(new Date('2026-12-10T12:00:00Z'))
    expect(await sitting()).toEqual(['Harbour: vacant', 'Hill: Ben'])
    expect(await leaving('2026-12-10')).toMatchObject({ added: 0, changed: 0, gone: 0 })
    expect(await db.holder.count({ where: { source } })).toBe(2)
  })

  test('by two people at once is taken in once after the other', async () => {
    newParliament()
    const lines = [line('1', 'Ada', 'Harbour')]
    const both = await Promise.all([take(lines), take(lines)])
    expect(both.map((each) => 'added' in each && each.added).toSorted()).toEqual([0, 1])
  })
})

test('Divisions that lie in each other are refused', async () => {
  const register = readRegister(
    'division_id,country,type,name,parent_id\nc:1,ZZ,region,One,c:2\nc:2,ZZ,region,Two,c:1\nc:3,ZZ,region,Three,c:1',
  )
  if (register.outcome === 'refused') throw new Error(register.problems.join('\n'))
  const taken = await inTransaction((tx) => takeIn(tx, register.read, { source: 'circle', fileHash: 'hash' }))
  expect(taken).toMatchObject({ outcome: 'refused', problems: [/^c:1 lies in itself/, /^c:2/].map(matching) })
  expect(await db.division.count({ where: { id: { startsWith: 'c:' } } })).toBe(0)
})

const matching = (pattern: RegExp) => expect.stringMatching(pattern) as string

describe('A postal index', () => {
  const index = async (lines: string[], more: Partial<From> = {}) => {
    const register = readRegister(['country,postal,division_id', ...lines].join('\n'))
    if (register.outcome === 'refused') throw new Error(register.problems.join('\n'))
    return inTransaction((tx) => takeIn(tx, register.read, { source, fileHash: 'hash', ...more }))
  }

  test('is replaced by its newer file, and by no other source’s', async () => {
    newParliament()
    await take([line('1', 'Ada', 'Harbour'), line('2', 'Ben', 'Hill')])
    const a = `ZZ${nth}1AA`
    expect(await index([`ZZ,${a},t:Harbour`, `ZZ,${a},t:Hill`])).toMatchObject({ added: 2, gone: 0 })
    const found = await findSeats(db, { country: 'ZZ', chamber }, a)
    expect(found).toMatchObject({ seats: [{ division: 'Harbour' }, { division: 'Hill' }] })
    expect(await index([`ZZ,${a},t:Hill`], { force: true })).toMatchObject({ added: 0, gone: 1 })
    source = 'elsewhere'
    expect(await index([`ZZ,${a},t:Harbour`])).toMatchObject({ added: 1, gone: 0 })
  })

  test('that is cut short is refused, and taken in when a person insists', async () => {
    newParliament()
    await take([line('1', 'Ada', 'Harbour')])
    const codes = Array.from({ length: 20 }, (_, at) => `ZZ,CUT${nth}${at},t:Harbour`)
    await index(codes)
    expect(await index(codes.slice(0, 17))).toEqual({ outcome: 'cut-short', had: 20, has: 17 })
    expect(await db.postalDivision.count({ where: { source } })).toBe(20)
    expect(await index(codes.slice(0, 18))).toMatchObject({ outcome: 'taken', gone: 2 })
    expect(await index(codes.slice(0, 5), { force: true })).toMatchObject({ outcome: 'taken', gone: 13 })
  })

  test('that names divisions which nobody knows is refused, with what to do', async () => {
    newParliament()
    expect(await index(['ZZ,ZZ11AA,t:Nowhere'])).toEqual({
      outcome: 'refused',
      problems: [
        'No division is called t:Nowhere: take in the divisions, or the representatives, before the postal codes.',
      ],
    })
  })
})
