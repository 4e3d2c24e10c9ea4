import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldTold, type Told } from './told.ts'

const seed = Number(process.env['SEED'])
const happening = fc.record({
  type: fc.constantFrom(
    'email.sent',
    'email.delivery_delayed',
    'email.delivered',
    'email.bounced',
    'email.complained',
    'email.suppressed',
    'email.failed',
    'email.opened',
    'contact.created',
    'person.refused',
  ),
  detail: fc.option(fc.constantFrom('Permanent General', 'Transient MailboxFull', 'reached_daily_quota')),
  occurredAt: fc.date({ min: new Date('2026-01-01'), max: new Date('2026-01-02'), noInvalidDate: true }),
})

test('the same evidence in any order, a piece at a time or all at once, gives one state with one reason', () => {
  const scene = fc
    .uniqueArray(happening, { minLength: 1, maxLength: 8 })
    .map((all) => all.map((each, nth): Told => ({ ...each, id: `msg_${nth}` })))
    .chain((told) => fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length })))
  fc.assert(
    fc.property(scene, ([told, shuffled]) => {
      const before = { state: 'accepted' as const, reason: null }
      // As the worker does: at each piece, all that has come so far.
      const step = shuffled.reduce(
        (now, _, nth) => foldTold(now, shuffled.slice(0, nth + 1)),
        before as ReturnType<typeof foldTold>,
      )
      expect(step).toEqual(foldTold(before, told))
    }),
    { seed },
  )
})

test('a person’s decision settles what was uncertain, and evidence that says more outweighs it', () => {
  const decided: Told = { id: 'person:1', type: 'person.refused', detail: 'asked', occurredAt: new Date(1) }
  const refused = foldTold({ state: 'uncertain', reason: null }, [decided])
  expect(refused).toEqual({ state: 'refused', reason: 'asked' })
  const delivered: Told = { id: 'msg_1', type: 'email.delivered', detail: null, occurredAt: new Date(0) }
  expect(foldTold(refused, [decided, delivered])).toEqual({ state: 'delivered', reason: null })
})
