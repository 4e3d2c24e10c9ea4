import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { db } from './db.server.ts'
import { inTurn } from './turn.server.ts'

test('two who are about one thing take turns, and two who are about different things do not', async () => {
  const happened: string[] = []
  const visit = (name: string, who: string) =>
    inTurn(name, async () => {
      happened.push(`${who} comes`)
      await wait(50)
      happened.push(`${who} goes`)
    })
  await Promise.all([visit('gift 1', 'Ani'), visit('gift 1', 'Bea')])
  expect(happened.map((line) => line.split(' ')[1])).toEqual(['comes', 'goes', 'comes', 'goes'])

  happened.length = 0
  await Promise.all([visit('gift 1', 'Ani'), visit('gift 2', 'Bea')])
  expect(happened.slice(0, 2).toSorted()).toEqual(['Ani comes', 'Bea comes'])
})

test('whoever fails in their turn lets the next one in', async () => {
  await expect(inTurn('gift 3', () => Promise.reject(new Error('Stripe is away')))).rejects.toThrow(
    'Stripe is away',
  )
  expect(await inTurn('gift 3', () => Promise.resolve('in'))).toBe('in')
})

test('many who wait keep nobody from the database', async () => {
  const all = Array.from({ length: 40 }, (_, at) =>
    inTurn(`gift ${at % 2}`, () => db.gift.count({ where: { reference: 'G-NOBODYS' } })),
  )
  expect(await Promise.all(all)).toEqual(Array<number>(40).fill(0))
})

test('a line that breaks is replaced', async () => {
  await inTurn('gift 4', async () => {
    await db.$executeRaw`
      select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and objid::bigint = ((hashtextextended('gift 4', 7205003)) & 4294967295)`
    await wait(50)
  })
  expect(await inTurn('gift 4', () => Promise.resolve('in'))).toBe('in')
})
