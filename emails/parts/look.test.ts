import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dark, light } from './look.ts'

const css = readFileSync(new URL('../../app/styles.css', import.meta.url), 'utf8')

test.each(Object.keys(light) as (keyof typeof light)[])(
  'a reader who comes from a mail to the site finds the same %s, in both schemes',
  (token) => {
    const [inLight, inDark] = [...css.matchAll(new RegExp(`--color-${token}: (#[0-9a-f]{6})`, 'g'))].map(
      ([, colour]) => colour,
    )
    expect(light[token]).toBe(inLight)
    expect(dark[token]).toBe(inDark)
  },
)
