import { expect, test } from 'vitest'
import { setClock } from './set-clock.mjs'

const CLOCK = '2027-03-01T09:00:00.000Z'

test('a process that is started again an hour later is told of the hour that has passed', () => {
  expect(setClock({ CLOCK }, 0, 0)).toEqual({ CLOCK })
  expect(setClock({ CLOCK }, 0, 3_600_000)).toEqual({ CLOCK: '2027-03-01T10:00:00.000Z' })
})

test('without CLOCK the machine’s clock counts; what is no time is left for the product to refuse', () => {
  expect(setClock({})).toEqual({})
  expect(setClock({ CLOCK: 'soon' })).toEqual({})
})
