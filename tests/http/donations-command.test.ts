import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { runCommand } from '../support/command.ts'
import { addGift } from '../support/gifts.ts'
import { startHouse, type House } from '../support/house.ts'

const run = (...args: string[]) => runCommand(process.env['DATABASE_URL'] ?? '', ['donations', ...args])

const at = new Date('2026-11-25T10:00:00Z')
beforeAll(async () => {
  const giftId = await addGift({ state: 'received' })
  await addGift()
  await addGift({ state: 'received', email: 'nare@example.org' })
  const event = { objectId: 'ch_1', heardBy: 'webhook', occurredAt: at, receivedAt: at }
  await db.stripeEvent.createMany({
    data: [
      { ...event, id: 'evt_waits', type: 'charge.succeeded' },
      { ...event, id: 'evt_done', type: 'charge.succeeded', state: 'done', giftId, settledAt: at },
      {
        ...{ ...event, id: 'evt_parked', type: 'charge.updated', state: 'parked' as const },
        ...{ giftId, reason: 'ch_1 is of £20, and gift G-7K3M9XQ2 of £25', settledAt: at },
      },
    ],
  })
  await db.sweepMark.create({ data: { name: 'events', through: at } })
})

describe('npm run donations --', () => {
  test('status tells a person what was given, and what of Stripe’s news is still to be dealt with', async () => {
    const { code, said } = await run('status')
    expect(code).toBe(0)
    expect(said).toContain('No worker is running')
    expect(said).toMatch(/^started +1$/m)
    expect(said).toMatch(/^received +2$/m)
    expect(said).toContain('1 pieces of news wait, the oldest since 2026-11-25T10:00:00.000Z.')
    expect(said).toContain('1 pieces of news are parked. See to them: npm run donations -- parked')
    expect(said).toContain('events have been read up to 2026-11-25T10:00:00.000Z, its balance never')
    expect(said).not.toContain('@')
  })

  test('parked lists each with its reason, and says what to do', async () => {
    const { code, said } = await run('parked')
    expect(code).toBe(0)
    expect(said).toMatch(
      /^evt_parked {2}2026-11-25T10:00:00.000Z {2}charge.updated {2}ch_1 {2}gift [0-9a-f-]{36}$/m,
    )
    expect(said).toContain('  ch_1 is of £20, and gift G-7K3M9XQ2 of £25.')
    expect(said).toContain('npm run donations -- settle EVENT_ID --reason')
    expect(said).not.toContain('evt_waits')
  })

  test.each([
    [['settle'], 'Say which, and what you found'],
    [['settle', 'evt_parked'], 'Say which, and what you found'],
    [['settle', 'evt_parked', '--reason', 'ani@example.org wrote'], 'Leave addresses out'],
    [['settle', 'evt_nowhere', '--reason', 'given back'], 'There is no evt_nowhere'],
    [['settle', 'evt_waits', '--reason', 'given back'], 'evt_waits is waiting: only what is parked'],
    [['dance'], 'npm run donations -- status'],
  ])('%j is refused, with what to do', async (args, words) => {
    const { code, complained } = await run(...args)
    expect(code).toBe(1)
    expect(complained).toContain(words)
  })

  test('settle keeps what the person found beside the reason, and it is parked no more', async () => {
    const { said } = await run('settle', 'evt_parked', '--reason', 'given back by hand')
    expect(said).toBe('evt_parked is dealt with.\n')
    expect(await db.stripeEvent.findUnique({ where: { id: 'evt_parked' } })).toMatchObject({
      state: 'done',
      reason: 'ch_1 is of £20, and gift G-7K3M9XQ2 of £25',
      settlement: 'given back by hand',
    })
    expect((await run('parked')).said).toBe('No news is parked.\n')
  })
})

describe('/metrics', () => {
  let house: House
  beforeAll(async () => {
    house = await startHouse(process.env['DATABASE_URL'] ?? '', { METRICS_TOKEN: 'a token for the figures' })
  })
  afterAll(() => house.stop())

  test('shows how much news waits and how much is parked, now', async () => {
    const figures = async () =>
      (await house.fetch('/metrics', { headers: { authorization: 'Bearer a token for the figures' } })).text()
    expect(await figures()).toMatch(/^stripe_news_waiting 1$/m)
    await db.stripeEvent.update({
      where: { id: 'evt_waits' },
      data: { state: 'parked', reason: 'nobody knows', settledAt: clock.now() },
    })
    expect(await figures()).toMatch(/^stripe_news_waiting 0$/m)
    expect(await figures()).toMatch(/^stripe_news_parked 1$/m)
  })
})
