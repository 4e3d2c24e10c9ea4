import fc from 'fast-check'
import { afterEach, expect } from 'vitest'
import { complaints, listenToConsole } from './console.ts'
import { matchers } from './matchers.ts'

// The house rules of every test: a complaint nobody expected fails it, and chance can be repeated.

expect.extend(matchers)
fc.configureGlobal({ seed: Number(process.env['SEED']) })

listenToConsole()
afterEach(() => {
  expect(complaints(), 'what the product said through console.error and console.warn').toEqual([])
})
