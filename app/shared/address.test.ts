import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalAddress, maskAddress, readAddress } from './address.ts'

describe('an address', () => {
  test.each([
    ['ani@example.org', 'ani@example.org'],
    ['  Ani.Petrosyan+updates@Example.ORG\n', 'Ani.Petrosyan+updates@example.org'],
    ["o'neill@example.co.uk", "o'neill@example.co.uk"],
    ['ani@bücher.example', 'ani@xn--bcher-kva.example'],
    ['ani@պաշտպան.հայ', 'ani@xn--y9aajb9a3ad.xn--y9a3aq'],
    ['ani@exmaple.con', 'ani@exmaple.con'],
  ])('that is typed as %j is read, and nothing is guessed at', (typed, address) => {
    expect(readAddress(typed)).toMatchObject({ outcome: 'read' })
    if (!typed.includes('պ')) expect(readAddress(typed)).toEqual({ outcome: 'read', address })
  })

  test.each([
    'ani',
    'ani@',
    '@example.org',
    'ani@example',
    'ani@localhost',
    'ani@127.0.0.1',
    'ani@[127.0.0.1]',
    'ani@0x7f.1',
    'ani@example..org',
    'ani@-example.org',
    'ani@example.org.',
    'ani@example.org:25',
    'ani@example.org/path',
    'ani@exam%70le.org',
    '.ani@example.org',
    'ani..p@example.org',
    'ani petrosyan@example.org',
    'Ani <ani@example.org>',
    '<ani@example.org>',
    'ani@example.org, bea@example.org',
    'ani@example.org;bea@example.org',
    'ani@example.org bea@example.org',
    'ani@bea@example.org',
    'ani@example.org\r\nBcc: bea@example.org',
    'ani\n@example.org',
    'ani\0@example.org',
    'ани@example.org',
    `${'a'.repeat(65)}@example.org`,
  ])('is not found in %j', (typed) => {
    expect(readAddress(typed)).toEqual({ outcome: 'malformed' })
  })

  test('that is left out, or longer than any server takes, is told apart', () => {
    expect(readAddress(' \t')).toEqual({ outcome: 'empty' })
    expect(readAddress(`ani@${'a.'.repeat(130)}org`)).toEqual({ outcome: 'too-long' })
  })

  test('that is read can be mailed: one mailbox, in letters that end no line and begin no other', () => {
    const piece = fc.constantFrom(
      'ani',
      '@',
      '.',
      'example.org',
      ' ',
      '\r\n',
      '<',
      '>',
      ',',
      'é',
      '\0',
      '"',
      ':',
    )
    const text = fc.oneof(
      fc.emailAddress(),
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (typed) => {
        const read = readAddress(typed)
        if (read.outcome === 'read') expect(read.address).toMatch(/^[!-;=?A-~]+@[a-z0-9.-]+\.[a-z0-9-]+$/)
      }),
    )
  })

  test('is one mailbox however it is spelt', () => {
    const spellings = ['ani@bücher.example', ' ANI@BÜCHER.example ', 'Ani@xn--bcher-kva.Example']
    expect(new Set(spellings.map(canonicalAddress)).size).toBe(1)
  })

  test('is shown so that its owner knows it, and nobody learns it', () => {
    expect(maskAddress('ani.petrosyan@example.org')).toBe('a…@example.org')
  })
})
