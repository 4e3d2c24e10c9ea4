import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import type { Movement } from '#app/donations/movement.ts'
import { recordMovement } from '#app/donations/movements.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { runCommand } from '../support/command.ts'
import { addGift } from '../support/gifts.ts'
import { charge, comesAgain, goesBack } from '../support/movements.ts'
import { startHouse, type House } from '../support/house.ts'

const run = (...args: string[]) => runCommand(process.env['DATABASE_URL'] ?? '', ['donations', ...args])

const at = new Date('2026-11-24T10:00:00Z')
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
    expect(said).toContain('1 piece of news waits, the oldest since 2026-11-24T10:00:00.000Z.')
    expect(said).toContain('1 piece of news is parked. See to it: npm run donations -- parked')
    expect(said).toContain('events have been read up to 2026-11-24T10:00:00.000Z, its balance never')
    expect(said).not.toMatch(/still to come|did not arrive|Disputes/)
    expect(said).not.toContain('@')
  })

  test('status names the gifts of which a refund did not arrive, and tells what disputes took', async () => {
    const [one, other] = await db.gift.findMany({ where: { state: 'received' }, orderBy: { id: 'asc' } })
    if (!one || !other) throw new Error('two gifts were received')
    const of = (id: string) => charge(id, [{ partnerId: null, amountMinor: 2500 }])
    const [first, second] = [of(one.id), of(other.id)]
    const [lost, taken, part] = [
      goesBack('refund', first, 1000),
      goesBack('dispute', second, 2000),
      goesBack('dispute', second, 500),
    ]
    const keep = async (...movements: Movement[]) => {
      for (const each of movements) await inTransaction((tx) => recordMovement(tx, each))
    }
    await keep(first, second, lost, comesAgain(lost), taken)
    const { said } = await run('status')
    expect(said).toContain(
      `1 refund did not arrive, and the money is with us again. Find another way to return it: £10.00 of ${one.reference}.`,
    )
    expect(said).toContain('Disputes took £20.00, in 1 withdrawal.')
    await keep(part, comesAgain(part), goesBack('refund', first, 1000))
    const later = (await run('status')).said
    expect(later).not.toContain('did not arrive')
    expect(later).toContain('Disputes took £25.00, in 2 withdrawals, and £5.00 of it was given again.')
  })

  test('status says of a mark that is still to come that nobody believes it, and what happens', async () => {
    await db.sweepMark.updateMany({ where: { name: 'events' }, data: { through: new Date('2999-01-01') } })
    const { said } = await run('status')
    expect(said).toContain('That mark of its events is still to come')
    expect(said).not.toContain('mark of its balance')
  })

  test('parked lists each with its reason, and says what to do', async () => {
    const { code, said } = await run('parked')
    expect(code).toBe(0)
    expect(said).toMatch(
      /^evt_parked {2}2026-11-24T10:00:00.000Z {2}charge.updated {2}ch_1 {2}gift [0-9a-f-]{36}$/m,
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
