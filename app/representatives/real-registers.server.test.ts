import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { projectRoot } from '#tests/support/settings.ts'
import { findSeats, listSeats } from './look-up.server.ts'
import { readRegister } from './register-rows.ts'
import { takeIn, type TakingIn } from './take-in.server.ts'

// Registers as they really are. The folder is not part of the project: without it this is left out, and says so.
const folder = path.join(projectRoot, '../shared/data')
const isThere = existsSync(folder)
if (!isThere) console.info('left out: the real registers are not here (../shared/data)')

async function take(text: string, source: string): Promise<TakingIn> {
  const register = readRegister(text)
  if (register.outcome === 'refused') throw new Error(register.problems.slice(0, 5).join('\n'))
  return inTransaction((tx) => takeIn(tx, register.read, { source, fileHash: 'hash' }))
}

const read = (file: string) => readFileSync(path.join(folder, file), 'utf8')

describe.skipIf(!isThere)('The register of', () => {
  test.each([
    ['gb', 650],
    ['us', 537],
    ['ca', 343],
    ['fr', 575],
    ['de', 634],
  ])('%s is taken in whole, and again without a change', async (country, people) => {
    // Of the United States, line 530 has a slip, which the file's maker is told of.
    const text = read(`representatives/representatives.${country}.csv`).replace('hhttps://', 'https://')
    expect(await take(text, country)).toMatchObject({ outcome: 'taken', added: people })
    expect(await take(text, country)).toMatchObject({ added: 0, changed: 0, gone: 0 })
    expect(await db.holder.count({ where: { source: country, endsOn: null } })).toBe(people)
  })

  test('the United States has a slip in one line, and its maker is told in which', () => {
    const register = readRegister(read('representatives/representatives.us.csv'))
    expect(register).toMatchObject({ outcome: 'refused' })
    expect('problems' in register && register.problems[0]).toMatch(/^Line 530 has "hhttps:.*contact_form_url/)
  })

  test('the United States has two senators a state, each in a seat of their own', async () => {
    const senate = await listSeats(db, { country: 'US', chamber: 'senate' })
    const divisions = senate.map(({ division }) => division)
    expect(senate).toHaveLength(100)
    expect(new Set(divisions).size).toBe(50)
  })

  test('Britain leads from each of 400 postcodes to one member', async () => {
    const text = read('postal/postal.gb.sample.csv')
    expect(await take(text, 'gb-postal')).toMatchObject({ added: 400 })
    for (const line of text.trim().split('\n').slice(1).slice(0, 40)) {
      const [, postal = ''] = line.split(',')
      expect(await findSeats(db, { country: 'GB', chamber: 'commons' }, postal)).toMatchObject({
        outcome: 'found',
        seats: { length: 1 },
      })
    }
  })

  test('Germany has members who were elected by a list, and sit for no division of their own', async () => {
    const byList = await db.seat.count({ where: { divisionId: 'country:DE' } })
    expect(byList).toBe(634 - (await db.seat.count({ where: { divisionId: { startsWith: 'de-wk' } } })))
    expect(byList).toBeGreaterThan(0)
  })

  test('Germany leads from a code that lies in several divisions to all of their members', async () => {
    const text = read('postal/postal.de.csv')
    const lines = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',') as [string, string, string])
    const known = new Set((await db.division.findMany({ where: { country: 'DE' } })).map(({ id }) => id))
    const here = lines.filter(([, , division]) => known.has(division))
    const csv = ['country,postal,division_id', ...here.map((values) => values.slice(0, 3).join(','))]
    expect(await take(csv.join('\n'), 'de-postal')).toMatchObject({ added: here.length })
    const divisionsOf = (postal: string) => here.filter(([, each]) => each === postal).length
    const several = here.find(([, postal]) => divisionsOf(postal) > 1)?.[1] ?? ''
    const chambers = await db.seat.findMany({
      where: { division: { country: 'DE' } },
      distinct: ['chamber'],
    })
    const found = await findSeats(db, { country: 'DE', chamber: chambers[0]?.chamber ?? '' }, several)
    const names = found.outcome === 'found' ? new Set(found.seats.map(({ division }) => division)) : new Set()
    expect(names.size).toBe(divisionsOf(several))
  })

  test('the United States has a postal index of tens of thousands, taken in at once', async () => {
    const codes = JSON.parse(read('postal/postal.us.compact.json')) as Record<string, string | string[]>
    const pairs = Object.entries(codes).flatMap(([zip, divisions]) =>
      [divisions].flat().map((division) => `US,${zip},zip:${division}`),
    )
    const names = [...new Set(pairs.map((pair) => pair.split(',')[2] ?? ''))]
    const divisions = names.map((id) => `${id},US,district,${id}`)
    await take(['division_id,country,type,name', ...divisions].join('\n'), 'us')
    const taken = await take(['country,postal,division_id', ...pairs].join('\n'), 'us-postal')
    expect(taken).toMatchObject({ outcome: 'taken', added: pairs.length })
    expect(Object.keys(codes)).toHaveLength(33_774)
  })
})
