import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { secondCharity } from '#tests/support/second-charity.ts'
import { backgrounds, checkCharity, sayCharityProblem, sayWhole, themeCss } from './charity.ts'
import { contrast } from './contrast.ts'

const charity = secondCharity.charity
const words = (changes: Partial<typeof charity>) =>
  checkCharity({ ...charity, ...changes }).map(sayCharityProblem)

describe('staff who set the charity’s data', () => {
  test('hear nothing when nothing is wrong', () => {
    expect(words({})).toEqual([])
  })

  test('hear which colour is too faint, on what, by how much, and which way to go', () => {
    expect(words({ accentLight: '#8a8a8a' })[0]).toBe(
      'The accent colour #8a8a8a is hard to read on #fbf8f3 in the light scheme: the contrast is 3.2:1 and must be ' +
        'at least 4.5:1. Choose a darker colour.',
    )
    expect(words({ accentDark: '#6b6b6b' })[0]).toContain('Choose a lighter colour.')
  })

  test('are never told that a colour has the contrast which it just misses', () => {
    // 4.49:1 on the sheet.
    const faint = words({ accentLight: '#72706e' })
    expect(faint).toHaveLength(1)
    expect(faint[0]).toContain('#f3eee5')
    expect(faint[0]).not.toContain('the contrast is 4.5')
  })

  test('hear that a colour is no colour, before anyone measures it', () => {
    expect(words({ accentDark: 'red' })).toEqual([
      'Enter the accent colour of the dark scheme as # and six hexadecimal digits; "red" is not that.',
    ])
  })

  test('hear about every empty field and every address that is none, all at once', () => {
    expect(words({ name: ' ', website: 'javascript:alert(1)', contactEmail: 'office' })).toHaveLength(3)
  })
})

describe('the charity', () => {
  test('is named once when its short name is its registered one', () => {
    expect(sayWhole({ name: 'Wells', legalName: 'Wells' })).toBe('Wells')
    expect(sayWhole({ name: 'Wells', legalName: 'The Society of Wells' })).toBe(
      'The Society of Wells (Wells)',
    )
  })

  test('lends its colours to both schemes of the screen', () => {
    expect(themeCss(charity)).toBe(
      ':root{--charity-accent:#0b5c4a}@media screen and (prefers-color-scheme:dark){:root{--charity-accent:#7fd6bd}}\n',
    )
  })
})

describe('the backgrounds that colours are measured on', () => {
  const css = readFileSync(new URL('../styles.css', import.meta.url), 'utf8')
  const of = (token: string) =>
    [...css.matchAll(new RegExp(`--color-${token}: (#[0-9a-f]{6})`, 'g'))].map(([, hex]) => hex)

  test('are those of the style sheet', () => {
    expect([of('paper'), of('sheet')]).toEqual([
      [backgrounds.light[0], backgrounds.dark[0]],
      [backgrounds.light[1], backgrounds.dark[1]],
    ])
  })
})

test('contrast runs from 1 to 21 and does not mind the order', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21)
  expect(contrast('#abcdef', '#ABCDEF')).toBe(1)
  // The example of many guides: this grey is the lightest that passes on white.
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})
