import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldState, messageStates, type MessageState } from './message.ts'

const seed = Number(process.env['SEED'])
const told: MessageState[] = [
  'accepted',
  'delayed',
  'delivered',
  'bounced',
  'complained',
  'suppressed',
  'refused',
]

function after(news: MessageState[], from: MessageState = 'sending'): MessageState {
  return news.reduce(foldState, from)
}

test('a late "delivered" never hides a complaint', () => {
  expect(after(['complained', 'delivered', 'accepted'])).toBe('complained')
})

test('evidence settles what was uncertain', () => {
  expect(after(['delivered'], 'uncertain')).toBe('delivered')
  expect(after(['accepted'], 'uncertain')).toBe('accepted')
})

test('news that comes twice, late and in any order ends in one state', () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.constantFrom(...told), { minLength: 1, maxLength: 8 })
        .chain((news) =>
          fc.tuple(
            fc.constant(news),
            fc.shuffledSubarray([...news, ...news, ...news], { minLength: news.length * 3 }),
          ),
        ),
      ([news, shuffled]) => {
        expect(after(shuffled)).toBe(after(news))
      },
    ),
    { seed },
  )
})

test('every state has its weight, and none gives way to a lighter one', () => {
  for (const now of messageStates) {
    for (const heard of messageStates) {
      const result = foldState(now, heard)
      expect([now, heard]).toContain(result)
      expect(foldState(result, now)).toBe(result)
    }
  }
})
