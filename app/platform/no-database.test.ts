import { expect, test } from 'vitest'
import { whyNoDatabase, whyTooOld } from './no-database.ts'

const url = new URL('postgresql://courage:s3cret@db.example:5433/charity')

test.each([
  ['ENOTFOUND', /db\.example:5433.*not known/],
  ['ECONNREFUSED', /No PostgreSQL server answers at db\.example:5433/],
  ['28P01', /does not let courage in/],
  ['3D000', /no database "charity".*createdb charity/],
  ['42501', /make it the owner/],
])('a person reads one sentence about %s, without the password', (code, sentence) => {
  const said = whyNoDatabase(Object.assign(new Error('s3cret'), { code }), url)
  expect(said).toMatch(sentence)
  expect(said).not.toContain('s3cret')
})

test('a server that takes the call and says nothing is named too', () => {
  expect(whyNoDatabase(new Error('timeout expired'), url)).toMatch(/within ten seconds/)
})

test('a fault of ours is not put down to the database', () => {
  expect(whyNoDatabase(new TypeError('x is not a function'), url)).toBeUndefined()
  expect(whyNoDatabase(undefined, url)).toBeUndefined()
})

test('a server older than 15 is refused by its number', () => {
  expect(whyTooOld(140_011)).toMatch(/is PostgreSQL 14, and 15 or newer is needed/)
  expect(whyTooOld(150_000)).toBeUndefined()
  expect(whyTooOld(180_004)).toBeUndefined()
})
