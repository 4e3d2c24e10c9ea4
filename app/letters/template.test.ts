import { expect, test } from 'vitest'
import { fillIn, readTemplate, tokensOf } from './template.ts'

const values = { seat: 'Harbour', role: 'Member', holder: 'Ada Example', salutation: 'Ms Example' }

function read(text: string) {
  const result = readTemplate(text)
  if (result.outcome !== 'read') throw new Error(result.problem)
  return result.template
}

test('The charity names the recipient without knowing who it will be', () => {
  const template = read('Dear {{salutation}},\nas the {{ role }} for {{seat}}')
  expect(fillIn(template, values)).toBe('Dear Ms Example,\nas the Member for Harbour')
  expect(tokensOf(template)).toEqual(['salutation', 'role', 'seat'])
})

test('What is put in is text, even when it looks like a template', () => {
  expect(fillIn(read('Dear {{salutation}}'), { ...values, salutation: '{{seat}} $& $1' })).toBe(
    'Dear {{seat}} $& $1',
  )
})

test.each([
  ['unknown-token', 'Dear {{name}}'],
  ['unknown-token', 'Dear {{}}'],
  ['stray-braces', 'Dear {{salutation'],
  ['stray-braces', 'Dear salutation}}'],
  ['stray-braces', 'Dear {{{salutation}}}'],
])('A campaign editor is told of %s in "%s"', (problem, text) => {
  expect(readTemplate(text)).toMatchObject({ outcome: 'refused', problem })
})
