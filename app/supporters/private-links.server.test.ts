import { describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import {
  findLink,
  makeLink,
  makeStandingLink,
  pruneLinks,
  spendLink,
  tokenOf,
} from './private-links.server.ts'

const inDays = (days: number) => new Date(clock.now().getTime() + days * 86_400_000)
const make = (days = 1) =>
  inTransaction((tx) => makeLink(tx, 'confirm-subscription', 'subscription:1', inDays(days)))
const spend = (token: string) => inTransaction((tx) => spendLink(tx, 'confirm-subscription', token))

/** How many transactions wait for another one to end. */
const waiting = async () =>
  (
    await db.$queryRaw<[{ count: number }]>`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
  )[0].count

describe('a private link', () => {
  test('opens its own purpose and no other, and looking does not use it up', async () => {
    const token = await make()
    for (const _ of [1, 2]) {
      expect(await findLink(db, 'confirm-subscription', token)).toEqual({
        outcome: 'open',
        about: 'subscription:1',
      })
    }
    expect(await findLink(db, 'unsubscribe', token)).toEqual({ outcome: 'unknown' })
    expect(await spend(token.toLowerCase() + 'x')).toEqual({ outcome: 'unknown' })
  })

  test('acts once, also for two hands at the same instant', async () => {
    const token = await make()
    const { first, second } = await inTransaction(async (tx) => {
      const first = await spendLink(tx, 'confirm-subscription', token)
      const second = spend(token)
      await expect.poll(waiting, { timeout: 10_000 }).toBe(1)
      return { first, second }
    })
    expect(first).toMatchObject({ outcome: 'open' })
    expect(await second).toMatchObject({ outcome: 'used' })
  })

  test('is not used up by an act that was taken back', async () => {
    const token = await make()
    const undone = inTransaction(async (tx) => {
      await spendLink(tx, 'confirm-subscription', token)
      throw new Error('taken back')
    })
    await expect(undone).rejects.toThrow('taken back')
    expect(await spend(token)).toMatchObject({ outcome: 'open' })
  })

  test('cannot be made from a copy of the database', async () => {
    const token = await make()
    await inTransaction((tx) => makeStandingLink(tx, 'unsubscribe', 'subscription:1'))
    const everything = JSON.stringify(await db.privateLink.findMany())
    expect(everything).not.toContain(token)
    expect(everything).not.toContain(tokenOf('unsubscribe', 'subscription:1'))
  })

  test('that stands in every mail is made once, and is the same each time', async () => {
    for (const _ of [1, 2]) await inTransaction((tx) => makeStandingLink(tx, 'preferences', 'supporter:7'))
    expect(await db.privateLink.count({ where: { about: 'supporter:7' } })).toBe(1)
    expect(await findLink(db, 'preferences', tokenOf('preferences', 'supporter:7'))).toMatchObject({
      outcome: 'open',
    })
    expect(tokenOf('preferences', 'supporter:7')).not.toBe(tokenOf('unsubscribe', 'supporter:7'))
  })

  test('says that it has expired for a month, and is then forgotten; one that stands is not', async () => {
    const [lately, longAgo] = [await make(-29), await make(-31)]
    expect(await inTransaction(pruneLinks)).toBe(1)
    expect(await findLink(db, 'confirm-subscription', lately)).toEqual({ outcome: 'expired' })
    expect(await findLink(db, 'confirm-subscription', longAgo)).toEqual({ outcome: 'unknown' })
    expect(await db.privateLink.count({ where: { expiresAt: null } })).toBeGreaterThan(0)
  })
})
