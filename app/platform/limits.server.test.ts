import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { clock } from './clock.server.ts'
import { db } from './db.server.ts'
import { pruneLimits, takeFrom } from './limits.server.ts'

const seed = Number(process.env['SEED'])
const allowance = { times: 5, perSeconds: 3600 }

beforeEach(async () => {
  await db.rateLimit.deleteMany()
})

function later(seconds: number): void {
  clock.set(new Date(clock.now().getTime() + seconds * 1000))
}

test('five at once go through, the sixth is told how long to wait, and after that time one goes through', async () => {
  const outcomes = []
  for (let i = 0; i < 6; i++) outcomes.push(await takeFrom(db, 'letters', 'ani@example.org', allowance))
  expect(outcomes.slice(0, 5)).toEqual(Array(5).fill({ outcome: 'allowed' }))
  const sixth = outcomes[5]
  if (sixth?.outcome !== 'limited') throw new Error('the sixth went through')
  expect(sixth.retryAfterSeconds).toBeGreaterThan(700)
  expect(sixth.retryAfterSeconds).toBeLessThanOrEqual(720)

  later(sixth.retryAfterSeconds)
  expect(await takeFrom(db, 'letters', 'ani@example.org', allowance)).toEqual({ outcome: 'allowed' })
  expect(await takeFrom(db, 'letters', 'ani@example.org', allowance)).toMatchObject({ outcome: 'limited' })
})

test('twenty who ask at the same instant share five places', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => takeFrom(db, 'letters', 'one office', allowance)),
  )
  expect(outcomes.filter(({ outcome }) => outcome === 'allowed')).toHaveLength(5)
})

test('one person’s letters do not count against another’s, nor against her own gifts', async () => {
  for (let i = 0; i < 6; i++) await takeFrom(db, 'letters', 'ani@example.org', allowance)
  expect(await takeFrom(db, 'letters', 'bea@example.org', allowance)).toEqual({ outcome: 'allowed' })
  expect(await takeFrom(db, 'gifts', 'ani@example.org', allowance)).toEqual({ outcome: 'allowed' })
})

test('who it was is not written down', async () => {
  await takeFrom(db, 'letters', 'ani@example.org', allowance)
  const [row] = await db.rateLimit.findMany()
  expect(row?.key).toMatch(/^[0-9a-f]{32}$/)
})

test('whatever the rhythm, no window holds more than the allowance and what grows back in it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 5, maxLength: 40 }),
      fc.uuid(),
      async (pauses, who) => {
        const allowed: number[] = []
        for (const pause of pauses) {
          later(pause)
          const result = await takeFrom(db, 'property', who, { times: 4, perSeconds: 600 })
          if (result.outcome === 'allowed') allowed.push(clock.now().getTime())
        }
        for (const from of allowed) {
          const inWindow = allowed.filter((at) => at >= from && at < from + 600_000)
          expect(inWindow.length).toBeLessThanOrEqual(4 + 4)
        }
      },
    ),
    { seed, numRuns: 15 },
  )
})

test('an allowance that is whole again is forgotten; one in use is not', async () => {
  await takeFrom(db, 'letters', 'long ago', allowance)
  later(7200)
  await takeFrom(db, 'letters', 'now', allowance)
  expect(await pruneLimits(db)).toBe(1)
  expect(await db.rateLimit.count()).toBe(1)
})
