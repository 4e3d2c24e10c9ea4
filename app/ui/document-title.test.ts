import { expect, test } from 'vitest'
import { documentTitle } from './document-title.ts'

test('a reader with many tabs sees the page first and whose site it is after', () => {
  expect(documentTitle(['Findings', 'The Example Trust'])).toBe('Findings – The Example Trust')
})

test('a page of no known charity is still called something', () => {
  expect(documentTitle(['Findings', undefined])).toBe('Findings')
})

test('Nare, who listens to the page, hears of the error before anything else', () => {
  expect(documentTitle(['Give', 'The Example Trust'], { hasErrors: true })).toBe(
    'Error: Give – The Example Trust',
  )
})
