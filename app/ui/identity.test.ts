import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { backgrounds } from '#app/charity/charity.ts'
import { contrast } from '#app/charity/contrast.ts'

type Tokens = Partial<Record<string, string>>

const css = readFileSync(new URL('../styles.css', import.meta.url), 'utf8')
const light = colours(/@theme \{[^}]+\}/)
const dark = { ...light, ...colours(/prefers-color-scheme: dark\) \{\s+:root \{[^}]+\}/) }

describe.each([
  ['in light', light],
  ['in the dark', dark],
])('%s', (_, scheme) => {
  const on = (front: string, ground: string) => contrast(scheme[front] ?? '', scheme[ground] ?? '')

  test.each(['ink', 'soft', 'bad', 'good', 'warn'])(
    '%s is read without effort on either ground (7:1)',
    (colour) => {
      expect(on(colour, 'paper')).toBeGreaterThanOrEqual(7)
      expect(on(colour, 'sheet')).toBeGreaterThanOrEqual(7)
    },
  )

  test("a charity's colour that is not there yet is replaced by one that is read without effort", () => {
    expect(on('accent', 'paper')).toBeGreaterThanOrEqual(7)
    expect(on('accent', 'sheet')).toBeGreaterThanOrEqual(7)
  })

  test('the edge of a field is seen (3:1)', () => {
    expect(on('edge', 'paper')).toBeGreaterThanOrEqual(3)
    expect(on('edge', 'sheet')).toBeGreaterThanOrEqual(3)
  })

  test('the focus is seen: one of its two colours stands out, and its words are read', () => {
    const seen = Math.max(on('focus', 'paper'), on('focus-ink', 'paper'))
    expect(seen).toBeGreaterThanOrEqual(7)
    expect(on('focus-ink', 'focus')).toBeGreaterThanOrEqual(7)
  })
})

test("a charity's accent is held against the very grounds that it will stand on", () => {
  expect(backgrounds).toEqual({ light: [light.paper, light.sheet], dark: [dark.paper, dark.sheet] })
})

/** The colours that one block of the style sheet sets, by the name of their token. */
function colours(block: RegExp): Tokens {
  const [text = ''] = block.exec(css) ?? []
  const tokens: Tokens = {}
  for (const [, name, colour] of text.matchAll(
    /--color-([\w-]+): (?:var\(--charity-accent, )?(#[0-9a-f]{6})/g,
  )) {
    tokens[name ?? ''] = colour
  }
  return tokens
}
