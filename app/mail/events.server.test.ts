import { beforeEach, describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'
import {
  error,
  mustClaim,
  noRateLimit,
  queueOne,
  queueTo,
  receipt,
  standing,
  taken,
  update,
} from '#tests/support/outbox.ts'
import { foldNews, keepNews } from './news.server.ts'
import { settleCall } from './settle.server.ts'
import { suppress } from './suppressions.server.ts'

beforeEach(async () => {
  await db.message.deleteMany()
  await db.mailCall.deleteMany()
  await db.mailEvent.deleteMany()
  await db.suppression.deleteMany()
  await noRateLimit()
})

type Happening = { type: string; detail?: string; day?: number }
let count = 0

/** Keeps news of a message without taking it in; returns its id. */
async function keep(messageId: string | undefined, { type, detail, day = 0 }: Happening): Promise<string> {
  const id = `msg_${++count}`
  await keepNews({
    id,
    type,
    occurredAt: new Date(clock.now().getTime() + day * 86_400_000),
    providerId: `at-provider-${messageId}`,
    messageId,
    detail,
  })
  return id
}

async function hear(messageId: string | undefined, ...happenings: Happening[]): Promise<void> {
  for (const happening of happenings) await foldNews(await keep(messageId, happening))
}

/** A message that the provider has taken. */
async function sentTo(address: string): Promise<string> {
  const id = await queueOne(receipt, address)
  const asked = await mustClaim()
  await settleCall(asked, taken(asked))
  return id
}

const reasonFor = async (address: string) =>
  (await db.suppression.findFirst({ where: { addressHash: addressHash(address) } }))?.reason

const softBounce = (day: number): Happening => ({
  type: 'email.bounced',
  detail: 'Transient MailboxFull',
  day,
})

describe('an address is not mailed again', () => {
  test.each([
    ['bounced', { type: 'email.bounced', detail: 'Permanent General' }],
    ['complained', { type: 'email.complained' }],
  ])('in the very transaction that takes in that it %s', async (reason, happening) => {
    await hear(await sentTo('ani@example.org'), happening)
    expect(await reasonFor('ani@example.org')).toBe(reason)
  })

  test('after soft bounces of three messages within thirty days, in whatever order we hear of them', async () => {
    const ids = [
      await sentTo('bea@example.org'),
      await sentTo('bea@example.org'),
      await sentTo('bea@example.org'),
    ]
    await hear(ids[0], softBounce(29))
    await hear(ids[1], softBounce(0))
    expect(await reasonFor('bea@example.org')).toBeUndefined()
    await hear(ids[2], softBounce(15))
    expect(await reasonFor('bea@example.org')).toBe('bounced')
  })

  test('but it is after soft bounces that lie further apart, or are all of one message', async () => {
    const far = [
      await sentTo('cem@example.org'),
      await sentTo('cem@example.org'),
      await sentTo('cem@example.org'),
    ]
    for (const [nth, id] of far.entries()) await hear(id, softBounce(nth * 20))
    await hear(await sentTo('dov@example.org'), softBounce(0), softBounce(1), softBounce(2))
    expect(await reasonFor('cem@example.org')).toBeUndefined()
    expect(await reasonFor('dov@example.org')).toBeUndefined()
  })

  test.each([[['bounced', 'complained']], [['complained', 'bounced']]] as const)(
    'and a complaint is the reason that stays: %s',
    async (order) => {
      const ids = [await sentTo('ela@example.org'), await sentTo('ela@example.org')]
      for (const [nth, what] of order.entries()) {
        await hear(ids[nth], { type: `email.${what}`, detail: 'Permanent General' })
      }
      expect(await reasonFor('ela@example.org')).toBe('complained')
    },
  )

  test('but a person’s own wish is a reason that no bounce replaces', async () => {
    const id = await sentTo('fay@example.org')
    await inTransaction((tx) => suppress(tx, addressHash('fay@example.org'), 'all', 'erased'))
    await hear(id, { type: 'email.complained' })
    expect(await reasonFor('fay@example.org')).toBe('erased')
  })
})

describe('the state of a message', () => {
  test('has the reason that belongs to it, whatever else was heard before', async () => {
    const id = await sentTo('ani@example.org')
    await hear(id, softBounce(0))
    expect(await standing(id)).toMatchObject({ state: 'delayed', reason: 'Transient MailboxFull' })
    await hear(id, { type: 'email.delivered' })
    expect(await standing(id)).toMatchObject({ state: 'delivered', reason: null })
  })

  test('shows that the provider took it and then could not send it', async () => {
    const id = await sentTo('ani@example.org')
    await hear(id, { type: 'email.failed', detail: 'reached_daily_quota' }, { type: 'email.sent' })
    expect(await standing(id)).toMatchObject({ state: 'failed', reason: 'reached_daily_quota' })
  })

  test('takes in at once all that is known of the message; its other news has nothing left to do', async () => {
    const id = await sentTo('ani@example.org')
    const kept = [await keep(id, { type: 'email.sent' }), await keep(id, { type: 'email.delivered' })]
    await foldNews(kept[0] ?? '')
    expect((await standing(id)).state).toBe('delivered')
    expect(await db.mailEvent.count({ where: { folded: false } })).toBe(0)
  })

  test('is found by the tag while the provider’s answer is still to come, and by its id where there is no tag', async () => {
    const id = await queueOne(update, 'ani@example.org')
    const asked = await mustClaim()
    await keepNews({
      id: 'msg_without_tag',
      type: 'email.delivered',
      occurredAt: clock.now(),
      providerId: `at-provider-${id}`,
      messageId: undefined,
      detail: undefined,
    })
    await foldNews('msg_without_tag')
    expect((await standing(id)).state).toBe('sending')
    await settleCall(asked, taken(asked))
    expect((await standing(id)).state).toBe('delivered')
  })
})

describe('a batch of which nobody knows whether it was taken', () => {
  test('is settled message by message as news comes, and then as a whole', async () => {
    const [ani, bea] = await queueTo(['ani', 'bea'])
    await settleCall(await mustClaim(), error(409, 'invalid_idempotent_request'))
    await hear(ani, { type: 'email.delivered' })
    expect(await standing(ani)).toMatchObject({ state: 'delivered', call: { state: 'uncertain' } })
    expect(await standing(bea)).toMatchObject({ state: 'uncertain', address: 'bea@example.org' })
    await hear(bea, { type: 'email.sent' })
    expect(await standing(bea)).toMatchObject({ state: 'accepted', call: { state: 'accepted', body: null } })
  })
})
