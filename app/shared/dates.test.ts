import { describe, expect, test } from 'vitest'
import { dayInBritain, dateOfDay, dayOfDate, isDay, sayDay } from './dates.ts'

describe('a day', () => {
  test('is read aloud the British way', () => {
    expect(sayDay('2020-12-03')).toBe('3 December 2020')
  })

  test('survives the way into a column and back', () => {
    expect(dayOfDate(dateOfDay('2024-02-29'))).toBe('2024-02-29')
  })

  test('must be in the calendar', () => {
    expect(isDay('2024-02-29')).toBe(true)
    expect(isDay('2021-02-30')).toBe(false)
    expect(isDay('3 December 2020')).toBe(false)
    expect(isDay('2020-13-01')).toBe(false)
  })
})

test.each([
  ['2026-06-30T23:30:00Z', '2026-07-01'],
  ['2026-12-31T23:59:59Z', '2026-12-31'],
  ['2026-03-29T00:59:59Z', '2026-03-29'],
])('At %s it is the %s in Britain', (at, day) => {
  expect(dayInBritain(new Date(at))).toBe(day)
})
