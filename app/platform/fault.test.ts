import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeFault } from './fault.ts'

const secret = 'ani@example.org, 12 Garden Road'

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('what an error quotes is not noted:', () => {
  test.each([
    ['text that is no JSON', thrownBy(() => JSON.parse(secret))],
    ['an address that is none', thrownBy(() => new URL(`//[${secret}`, 'http://localhost'))],
    [
      'a row of the database',
      Object.assign(new Error('duplicate key value'), { detail: `Key (email)=(${secret}) already exists.` }),
    ],
    ['a value of a query', new Error(`invalid input syntax for type integer: "${secret}"`)],
    [
      'a record that Prisma refused',
      new Error(`\nInvalid \`create()\` invocation:\n\n{ name: "${secret}" }\n\nArgument \`at\` is missing.`),
    ],
    ['a cause', new Error('the mail was not taken', { cause: new Error(`to "${secret}"`) })],
    ['a text that was thrown as it is', secret],
  ])('%s', (_, thrown) => {
    const noted = JSON.stringify(describeFault(thrown))
    expect(noted).not.toContain('ani@')
    expect(noted).not.toContain('Garden')
  })

  test('whatever marks are in it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const value = `${before.replaceAll('\n', '')}Garden${after.replaceAll('\n', '')}`
        expect(describeFault(new Error(`invalid value: "${value}"`)).message).not.toContain('Garden')
      }),
    )
  })
})

test('an operator learns what went wrong, and where', () => {
  const fault = describeFault(
    Object.assign(new TypeError('Cannot read properties of undefined'), {
      code: '23505',
      constraint: 'gift_pkey',
    }),
  )
  expect(fault).toMatchObject({
    type: 'TypeError',
    message: 'Cannot read properties of undefined',
    code: '23505',
    constraint: 'gift_pkey',
  })
  expect(fault.at?.[0]).toContain('fault.test.ts')
})

test('an error that is its own cause is noted, and comes to an end', () => {
  const error = new Error('round')
  error.cause = error
  expect(describeFault(error).cause?.cause?.message).toBe('round')
})
