import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'
import {
  claim,
  error,
  later,
  letterTo,
  mustClaim,
  noRateLimit,
  queueOne,
  queueTo,
  receipt,
  standing,
  tagged,
  taken,
  update,
} from '#tests/support/outbox.ts'
import { goOn } from './budget.server.ts'
import { foldNews, keepNews } from './news.server.ts'
import { queueMail } from './outbox.server.ts'
import { settleCall } from './settle.server.ts'
import { suppress } from './suppressions.server.ts'

beforeEach(async () => {
  await db.message.deleteMany()
  await db.mailCall.deleteMany()
  await db.mailEvent.deleteMany()
  await db.suppression.deleteMany()
  await noRateLimit()
})
afterEach(() => clock.set(new Date(Date.now())))

/** The provider tells us something of a message, and it is taken in. */
async function hear(type: string, messageId: string | undefined): Promise<void> {
  const id = `msg_${type}_${messageId}`
  await keepNews({
    id,
    type,
    occurredAt: clock.now(),
    providerId: `at-provider-${messageId}`,
    messageId,
    detail: undefined,
  })
  await foldNews(id)
}

describe('a sender that was thought dead, and whose answer comes late,', () => {
  test('does not open again what another has settled', async () => {
    const id = await queueOne(update, 'ani@example.org')
    const first = await mustClaim(1)
    const second = await mustClaim(2)
    await settleCall(second, taken(second))
    await settleCall(first, error(null))
    expect((await standing(id)).call.state).toBe('accepted')
    expect(await claim(3)).toBeUndefined()
  })

  test('does not have written again, in halves, what another is still asking for', async () => {
    const [ani] = await queueTo(['ani', 'bea'])
    const first = await mustClaim(1)
    const second = await mustClaim(2)
    await settleCall(first, error(422, 'validation_error'))
    await settleCall(second, taken(second))
    expect((await standing(ani)).call.state).toBe('accepted')
    expect(await claim(3)).toBeUndefined()
  })

  test('is believed when it says that the call was taken', async () => {
    const id = await queueOne(update, 'ani@example.org')
    const first = await mustClaim(1)
    const second = await mustClaim(2)
    await settleCall(first, taken(first))
    await settleCall(second, error(null))
    expect(await standing(id)).toMatchObject({ state: 'accepted', providerId: `at-provider-${id}` })
    expect(await claim(3)).toBeUndefined()
  })
})

test('a sender whose database failed while it wrote down an answer asks again with the same bytes and key', async () => {
  await queueOne(update, 'ani@example.org')
  const holds = new Set<string>()
  const first = await claim(1, holds)
  expect(await claim(1, holds)).toBeUndefined()
  holds.delete(first?.callId ?? '')
  const second = await claim(1, holds)
  expect(second?.key).toBe(first?.key)
  expect(second?.body).toEqual(first?.body)
})

describe('while the provider takes nothing, for days,', () => {
  test.each([
    [429, 'daily_quota_exceeded'],
    [429, 'monthly_quota_exceeded'],
    [401, 'restricted_api_key'],
    [404, 'not_found'],
  ])('nothing becomes uncertain that it has refused to look at: %d %s', async (status, name) => {
    const id = await queueOne(update, 'ani@example.org')
    const refused = await mustClaim()
    await settleCall(refused, error(status, name))
    later(31 * 24)
    await inTransaction(goOn)
    expect((await standing(id)).state).toBe('queued')
    const asked = await mustClaim()
    await settleCall(asked, taken(asked))
    expect((await standing(id)).state).toBe('accepted')
  })

  test('whoever leaves meanwhile is left out', async () => {
    const [ani, bea] = await queueTo(['ani', 'bea'])
    const refused = await mustClaim()
    await settleCall(refused, error(429, 'daily_quota_exceeded'))
    await inTransaction((tx) => suppress(tx, addressHash('ani@example.org'), 'marketing', 'unsubscribed'))
    later(25)
    const asked = await mustClaim()
    expect(tagged(asked)).toEqual([bea])
    expect(asked.key).not.toBe(refused.key)
    expect(await standing(ani)).toMatchObject({ state: 'suppressed', reason: 'unsubscribed', address: null })
  })

  test('what an earlier request may have handed over is still not asked again after 23 hours', async () => {
    const id = await queueOne(update, 'ani@example.org')
    await settleCall(await mustClaim(), error(null))
    later(1)
    await settleCall(await mustClaim(), error(429, 'daily_quota_exceeded'))
    later(25)
    expect(await claim()).toBeUndefined()
    expect((await standing(id)).state).toBe('uncertain')
  })
})

describe('after a request of which nobody knows whether it was taken', () => {
  test('a refusal that lies in the bytes holds for both: the batch is halved', async () => {
    const ids = await queueTo(['ani', 'bea'])
    await settleCall(await mustClaim(), error(null))
    later(1)
    await settleCall(await mustClaim(), error(422, 'validation_error'))
    const halves = [await mustClaim(), await mustClaim()]
    expect(halves.map(tagged)).toEqual(ids.map((id) => [id]))
  })

  test('a refusal by somebody on the way proves nothing: it is never made a new call', async () => {
    const [ani] = await queueTo(['ani', 'bea'])
    await settleCall(await mustClaim(), error(null))
    later(1)
    await settleCall(await mustClaim(), error(451, 'something_new'))
    expect(await standing(ani)).toMatchObject({ state: 'uncertain', reason: 'something_new' })
    expect(await claim()).toBeUndefined()
  })
})

describe('news that comes before we have asked, as when an older database was put back,', () => {
  test('keeps a message from going out a second time', async () => {
    const id = await queueOne(update, 'ani@example.org')
    await hear('email.delivered', id)
    expect(await claim()).toBeUndefined()
    expect(await standing(id)).toMatchObject({ state: 'delivered', call: { state: 'accepted' } })
  })

  test('takes one out of a batch; the others go out with their own words', async () => {
    const [ani, bea, cem] = await queueTo(['ani', 'bea', 'cem'])
    await hear('email.delivered', bea)
    const asked = await mustClaim()
    expect(tagged(asked)).toEqual([ani, cem])
    await settleCall(asked, taken(asked))
    for (const id of [ani, cem]) {
      expect(await standing(id)).toMatchObject({ state: 'accepted', providerId: `at-provider-${id}` })
    }
    expect((await standing(bea)).state).toBe('delivered')
  })
})

test('a batch that is halved while one of it has been heard of gives everyone else their own words', async () => {
  const [ani, bea, cem] = await queueTo(['ani', 'bea', 'cem'])
  const whole = await mustClaim()
  await hear('email.delivered', bea)
  await settleCall(whole, error(422, 'validation_error'))
  const halves = [await mustClaim(), await mustClaim()]
  expect(halves.map(tagged)).toEqual([[ani], [cem]])
  for (const half of halves) {
    const [id] = tagged(half)
    expect((await standing(id)).callId).toBe(half.callId)
  }
})

describe('bytes and addresses are gone', () => {
  const forgotten = { address: null, call: { body: null } }

  test('as soon as a message is taken', async () => {
    const id = await queueOne(receipt, 'ani@example.org')
    const asked = await mustClaim()
    expect(await standing(id)).toMatchObject({ address: 'ani@example.org' })
    await settleCall(asked, taken(asked))
    expect(await standing(id)).toMatchObject(forgotten)
  })

  test('as soon as it is refused', async () => {
    const id = await queueOne(receipt, 'ani@example.org')
    await settleCall(await mustClaim(), error(422, 'validation_error'))
    expect(await standing(id)).toMatchObject({ state: 'refused', ...forgotten })
  })

  test('as soon as it is left out', async () => {
    const id = await queueOne(update, 'left@example.org')
    await inTransaction((tx) => suppress(tx, addressHash('left@example.org'), 'all', 'erased'))
    expect(await claim()).toBeUndefined()
    expect(await standing(id)).toMatchObject({ state: 'suppressed', ...forgotten })
  })

  test('as soon as the provider’s news settles it', async () => {
    const id = await queueOne(update, 'ani@example.org')
    await settleCall(await mustClaim(), error(409, 'invalid_idempotent_request'))
    expect(await standing(id)).toMatchObject({ state: 'uncertain', address: 'ani@example.org' })
    await hear('email.sent', id)
    expect(await standing(id)).toMatchObject({ state: 'accepted', ...forgotten })
  })

  test('and the database itself keeps them from staying', async () => {
    const id = await queueOne(update, 'ani@example.org')
    await expect(db.message.update({ where: { id }, data: { state: 'accepted' } })).rejects.toThrow()
    const { callId } = await standing(id)
    await expect(db.mailCall.update({ where: { id: callId }, data: { state: 'accepted' } })).rejects.toThrow()
  })
})

test('a used-up allowance holds up updates until it is new; prompt mail looks again within the hour', async () => {
  const news = await queueOne(update, 'ani@example.org')
  await settleCall(await mustClaim(), error(429, 'monthly_quota_exceeded'))
  const thanks = await inTransaction((tx) => queueMail(tx, receipt, letterTo('bea@example.org')))
  const asked = await mustClaim()
  expect(tagged(asked)).toEqual([thanks])
  await settleCall(asked, error(429, 'monthly_quota_exceeded'))
  later(1)
  expect(tagged(await mustClaim())).toEqual([thanks])
  expect((await standing(news)).state).toBe('queued')
})
