import { describe, expect, test } from 'vitest'
import { secondCharity } from '#tests/support/second-charity.ts'
import { checkPartners, factsOf, sayPartnerProblem, sourcesOfPartner, type Partner } from './partner.ts'

const diggers = secondCharity.partners[0] as Partner
const digging = factsOf(diggers, 'service')[0]!
const words = (...partners: Partner[]) => checkPartners(partners).map(sayPartnerProblem)

describe('staff who enter a partner', () => {
  test('hear nothing when nothing is wrong', () => {
    expect(words(diggers)).toEqual([])
  })

  test('cannot say anything about it without a source', () => {
    expect(words({ ...diggers, facts: [{ ...digging, sources: [] }] })).toEqual([
      '"Digging" (Diggers of Riverton) has no source: say where a reader can check it.',
    ])
  })

  test('give a number with a figure, and only there', () => {
    expect(words({ ...diggers, facts: [{ ...digging, figure: '7' }] })).toEqual([
      '"Digging" (Diggers of Riverton): a figure has a number, and other facts have none.',
    ])
    expect(words({ ...diggers, facts: [{ ...digging, kind: 'figure' }] })).toHaveLength(1)
  })

  test('give each partner an address of its own', () => {
    expect(words(diggers, { ...diggers, name: 'Others' })).toEqual([
      'Two partners have the address "diggers-of-riverton": give one of them another.',
    ])
  })
})

test('a partner’s sources are listed once each', () => {
  expect(sourcesOfPartner(diggers)).toHaveLength(1)
})
