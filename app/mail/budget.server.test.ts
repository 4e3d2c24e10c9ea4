import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { runCommand } from '#tests/support/command.ts'
import { startWorker, type Running } from '#tests/support/house.ts'
import {
  error,
  mustClaim,
  noRateLimit,
  queueOne,
  queueTo,
  receipt,
  standing,
  update,
} from '#tests/support/outbox.ts'
import { openPostOffice, type PostOffice } from '#tests/support/post-office.ts'
import { claimCall } from './claim.server.ts'
import { settleCall } from './settle.server.ts'

const url = process.env['DATABASE_URL'] ?? ''

let post: PostOffice
let workers: Running[] = []
beforeAll(async () => {
  post = await openPostOffice()
})
beforeEach(async () => {
  await db.message.deleteMany()
  await db.mailCall.deleteMany()
  await noRateLimit()
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
})
afterAll(() => post.close())

async function work(): Promise<void> {
  workers.push(await startWorker(url, post.settings))
}
const mail = (...args: string[]) => runCommand(url, ['mail', ...args])
const settled = (id: string | undefined, state: string) =>
  expect.poll(async () => (await standing(id)).state, { timeout: 20_000 }).toBe(state)
/** Looked at, and put off: a worker has been told that it may not ask. */
const putOff = (id: string | undefined) =>
  expect
    .poll(async () => (await standing(id)).call.dueAt.getTime() > Date.now() + 10_000, { timeout: 20_000 })
    .toBe(true)
const keysOf = async (id: string) => {
  const { call } = await standing(id)
  return (await post.log()).filter(({ key }) => key === call.idempotencyKey).map(({ status }) => status)
}

describe('when the provider says "too many requests"', () => {
  test('nobody asks it anything before the time it names, prompt or not', async () => {
    await queueOne(update, 'ani@example.org')
    await settleCall(await mustClaim(), {
      ...error(429, 'rate_limit_exceeded'),
      rate: { perSecond: undefined, retryAfterMs: 60_000 },
    })
    await queueOne(receipt, 'bea@example.org')
    const next = await claimCall({ sender: 2, holds: new Set(), upTo: 'updates' })
    expect(next.outcome).toBe('wait')
    expect(next.outcome === 'wait' && next.ms).toBeGreaterThan(50_000)
  })

  test('a clock that is put right an hour afterwards holds nobody up for that hour', async () => {
    await queueOne(receipt, 'ani@example.org')
    const nextAt = new Date(clock.now().getTime() + 3_600_000)
    await db.mailBudget.update({ where: { id: 1 }, data: { nextAt } })
    await mustClaim()
    const { nextAt: after } = await db.mailBudget.findUniqueOrThrow({ where: { id: 1 } })
    expect(after.getTime()).toBeLessThan(nextAt.getTime())
  })

  test('the same request goes out again under the same key, and is taken once', async () => {
    await post.control('POST', 'next', { route: 'POST /emails', fault: { error: 'rate_limit_exceeded' } })
    const id = await queueOne(receipt, 'ani@example.org')
    await work()
    await settled(id, 'accepted')
    expect(await keysOf(id)).toEqual([429, 200])
  })
})

test.each(['daily_quota_exceeded', 'monthly_quota_exceeded'])(
  'when the allowance is used up (%s), updates wait and a receipt goes out; a person may let them go on',
  async (name) => {
    await post.control('POST', 'next', { route: 'POST /emails/batch', fault: { error: name } })
    const [news] = await queueTo(['ani', 'bea'])
    await work()
    await putOff(news)
    const [more] = await queueTo(['cem'])
    await putOff(more)
    const thanks = await queueOne(receipt, 'dov@example.org')
    await settled(thanks, 'accepted')
    const held = [await standing(news), await standing(more)]
    expect(held.map(({ state }) => state)).toEqual(['queued', 'queued'])
    expect((await mail('status')).said).toMatch(
      /^Letters and updates wait until \S+Z: the allowance is used up\.$/m,
    )
    await mail('go-on')
    await settled(news, 'accepted')
    await settled(more, 'accepted')
    const taken = await post.taken()
    expect([news, more, thanks].map((id) => taken.get(id ?? ''))).toEqual([1, 1, 1])
  },
)

describe('when the provider lets us in no longer', () => {
  test.each(['restricted_api_key', 'not_found'])(
    'nothing at all is asked until a person says go on, and then everything goes out once: %s',
    async (name) => {
      await post.control('POST', 'next', { route: 'POST /emails', fault: { error: name } })
      const first = await queueOne(receipt, 'ani@example.org')
      await work()
      await putOff(first)
      const second = await queueOne(receipt, 'bea@example.org')
      const news = await queueOne(update, 'cem@example.org')
      const asked = (await post.log()).length
      await putOff(second)
      await putOff(news)
      expect(await post.log()).toHaveLength(asked)
      expect((await mail('status')).said).toContain(`Nothing is sent: the provider said "${name}".`)
      expect((await mail('go-on')).said).toBe('Sending goes on.\n')
      for (const id of [first, second, news]) await settled(id, 'accepted')
      const taken = await post.taken()
      expect([first, second, news].map((id) => taken.get(id))).toEqual([1, 1, 1])
    },
  )
})
