import { expect, test } from 'vitest'
import { counted } from './counted.ts'

test.each([
  [0, '0 pieces of news wait'],
  [1, '1 piece of news waits'],
  [2, '2 pieces of news wait'],
  [1200, '1,200 pieces of news wait'],
])('somebody who is told of %d reads “%s”', (count, words) => {
  expect(counted(count, 'piece of news waits', 'pieces of news wait')).toBe(words)
})
