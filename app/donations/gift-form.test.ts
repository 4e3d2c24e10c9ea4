import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import {
  LEAST_MINOR,
  MOST_MINOR,
  MOST_NEEDED,
  readChoice,
  readDetails,
  typedChoice,
  typedDetails,
} from './gift-form.ts'
import { giftCurrencies } from './gift.ts'

const partners = ['diggers', 'weavers']

const choose = (fields: Record<string, string>) =>
  readChoice(new URLSearchParams({ currency: 'GBP', to: MOST_NEEDED, ...fields }), partners)

const refusal = (fields: Record<string, string>) => {
  const read = choose(fields)
  return read.outcome === 'refused' ? read.errors : read
}

describe('How much somebody gives, and what for', () => {
  test('is an amount that they chose, in the currency that they chose', () => {
    expect(choose({ amount: '25', currency: 'EUR', to: 'diggers' })).toMatchObject({
      outcome: 'read',
      choice: { amount: { amountMinor: 2500, currency: 'EUR' }, to: 'diggers' },
    })
  })

  test.each([
    ['12.5', 1250],
    ['£1,000', 100_000],
    ['1', 100],
    ['10,000', 1_000_000],
  ])('is an amount of their own, typed as %s', (own, amountMinor) => {
    for (const amount of ['own', '']) {
      expect(choose({ amount, own })).toMatchObject({ outcome: 'read', choice: { amount: { amountMinor } } })
    }
  })

  test.each([
    [{}, { amount: ['Choose an amount, or enter your own.'] }],
    [{ amount: '7' }, { amount: ['Choose an amount, or enter your own.'] }],
    [{ amount: 'own' }, { own: ['Enter an amount.'] }],
    [{ amount: 'own', own: 'ten' }, { own: ['Enter the amount in figures, such as £25.'] }],
    [{ own: '-5' }, { own: ['Enter an amount above zero.'] }],
    [{ own: '€5' }, { own: [expect.stringContaining('another currency')] }],
    [{ own: '0.99' }, { own: [expect.stringContaining('Enter £1 or more')] }],
    [{ own: '10000.01' }, { own: [expect.stringContaining('Enter £10,000 or less')] }],
    [{ own: '9'.repeat(30) }, { own: [expect.stringContaining('Enter £10,000 or less')] }],
    [
      { amount: '25', own: '40' },
      { own: [expect.stringContaining('You chose an amount and typed another')] },
    ],
    [{ amount: '25', currency: '' }, { currency: ['Choose a currency.'] }],
    [{ amount: '25', currency: 'CHF' }, { currency: ['Choose a currency.'] }],
    [{ amount: '25', to: '' }, { to: ['Choose what your gift is for.'] }],
    [{ amount: '25', to: 'nobody' }, { to: ['Choose what your gift is for.'] }],
  ])('is refused as %j, with what to do', (fields, errors) => {
    expect(refusal(fields)).toEqual(errors)
  })

  test('comes back as it was typed, wrong or right', () => {
    expect(choose({ amount: 'own', own: 'ten pounds', to: 'nobody' }).typed).toEqual({
      currency: 'GBP',
      amount: 'own',
      own: 'ten pounds',
      to: 'nobody',
    })
  })

  test('of a gift that was made can be chosen again: the same to the penny', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: LEAST_MINOR, max: MOST_MINOR }),
        fc.constantFrom(...giftCurrencies),
        fc.constantFrom(...partners, null),
        (amountMinor, currency, to) => {
          const choice = { amount: { amountMinor, currency }, to }
          const again = readChoice(new URLSearchParams(typedChoice(choice)), partners)
          expect(again).toMatchObject({ outcome: 'read', choice })
        },
      ),
    )
  })
})

const right = { name: 'Ani', email: 'ani@example.org', message: '' }
const details = (fields: Record<string, string>, trap = '') =>
  readDetails(new URLSearchParams({ ...right, ...fields }), 'today', trap)

describe('Who gives', () => {
  test('is read without what no record can hold, and the message in its lines', () => {
    expect(
      details({ name: ' Ani\u0000 \r\n \u202eBea\u2066 ', message: ' For you.\r\n\r\nKeep \u0007well. ' }),
    ).toMatchObject({
      outcome: 'read',
      details: {
        name: 'Ani Bea',
        email: 'ani@example.org',
        message: 'For you.\n\nKeep well.',
        updates: false,
      },
    })
    expect(details({ message: ' \r\n ' })).toMatchObject({ details: { message: null } })
  })

  test.each([
    [{ name: '' }, { name: ['Enter your name.'] }],
    [{ name: ' \u0000 ' }, { name: ['Enter your name.'] }],
    [{ name: '\u200b\u2060\u200f' }, { name: ['Enter your name.'] }],
    [{ name: 'a'.repeat(101) }, { name: ['The name must be 100 characters or fewer.'] }],
    [{ email: '' }, { email: ['Enter your email address.'] }],
    [{ email: 'ani' }, { email: [expect.stringContaining('correct format')] }],
    [{ message: 'a'.repeat(1001) }, { message: ['The message must be 1,000 characters or fewer.'] }],
    [{ name: 'Ani 4242 4242 4242 4242' }, { name: [expect.stringContaining('number of a card')] }],
    [
      { message: 'card 4000-0025-0000-1001, 12/30' },
      { message: [expect.stringContaining('number of a card')] },
    ],
  ])('is refused as %j, with what to do', (fields, errors) => {
    expect(details(fields)).toMatchObject({ outcome: 'refused', errors })
  })

  test('may name numbers that are no card’s', () => {
    expect(details({ message: 'Call +44 20 7946 0000 1234 or see 4242 4242 4242 4243.' }).outcome).toBe(
      'read',
    )
  })

  test('is a program when it fills in what nobody sees', () => {
    expect(details({}, 'buy now')).toMatchObject({
      outcome: 'refused',
      errors: { form: [expect.stringContaining('press the button again')] },
    })
  })

  test('gets updates by ticking the box beside today’s words, and in no other way', () => {
    expect(details({ updates: 'yes', wording: 'today' })).toMatchObject({ details: { updates: true } })
    expect(details({ wording: 'today' })).toMatchObject({ details: { updates: false } })
    const stale = details({ updates: 'yes', wording: 'yesterday' })
    expect(stale).toMatchObject({
      outcome: 'refused',
      typed: { updates: false },
      errors: { updates: [expect.stringContaining('have changed')] },
    })
    expect(typedDetails(new URLSearchParams({ updates: 'yes', wording: 'yesterday' }), 'today').updates).toBe(
      false,
    )
  })
})
