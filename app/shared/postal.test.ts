import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPostal } from './postal.ts'

test.each([
  ['GB', 'sw1a1aa', 'SW1A1AA', 'SW1A 1AA'],
  ['GB', ' M1 1 AE ', 'M11AE', 'M1 1AE'],
  ['ZZ', 'zz9 9za', 'ZZ99ZA', 'ZZ9 9ZA'],
  ['ZZ', 'ＺＺ９ ９ＺＡ', 'ZZ99ZA', 'ZZ9 9ZA'],
  ['CA', 'k1a-0b1', 'K1A0B1', 'K1A 0B1'],
  ['US', '20500 0003', '205000003', '20500-0003'],
  ['DE', '10115', '10115', '10115'],
  ['AM', '0010', '0010', '0010'],
])('In %s, "%s" is looked up and printed as one code', (country, typed, postal, printed) => {
  expect(readPostal(country, typed)).toEqual({ outcome: 'read', postal, printed })
})

test.each(['ZZ9', 'ZZ9 9Z', 'ZZ9 9ZAA', '12345', 'ZZ9 9ZÄ', 'postcode', '---'])(
  'Nare, who types "%s" for a postcode, is told that it is none',
  (typed) => {
    expect(readPostal('ZZ', typed)).toEqual({ outcome: 'malformed' })
  },
)

test('An empty field is no mistake in a code', () => {
  expect(readPostal('GB', ' \t')).toEqual({ outcome: 'empty' })
})

test('However a code is spaced and parted, it is the same code', () => {
  const signs = fc.array(fc.constantFrom(' ', '-', '.', ' ', '\t'), { maxLength: 3 })
  const code = fc.constantFrom('SW1A1AA', 'M11AE', 'ZZ99ZQ', 'EC1A1BB')
  fc.assert(
    fc.property(code, fc.array(signs, { minLength: 8, maxLength: 8 }), fc.boolean(), (code, gaps, small) => {
      const typed = [...code].map((sign, at) => (gaps[at] ?? []).join('') + sign).join('')
      expect(readPostal('GB', small ? typed.toLowerCase() : typed)).toMatchObject({ postal: code })
    }),
    { seed: Number(process.env['SEED']) },
  )
})
