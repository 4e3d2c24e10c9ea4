import { afterEach, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import {
  error,
  later,
  mustClaim,
  noRateLimit,
  queueOne,
  standing,
  taken,
  update,
} from '#tests/support/outbox.ts'
import { keepNews } from './news.server.ts'
import { scrub } from './scrub.server.ts'
import { settleCall } from './settle.server.ts'

afterEach(() => clock.set(new Date(Date.now())))

test('an uncertain message keeps its words and its address for thirty days, for a person to look, and no longer', async () => {
  await noRateLimit()
  const id = await queueOne(update, 'ani@example.org')
  await settleCall(await mustClaim(), error(409, 'invalid_idempotent_request'))
  later(29 * 24)
  await scrub()
  expect((await standing(id)).address).toBe('ani@example.org')
  expect((await standing(id)).call.body).not.toBeNull()
  later(2 * 24)
  await scrub()
  expect(await standing(id)).toMatchObject({ state: 'uncertain', address: null, call: { body: null } })
})

test('attempts and evidence go after ninety days; the state that they led to stays, and what waits is let be', async () => {
  await noRateLimit()
  const id = await queueOne(update, 'bea@example.org')
  const asked = await mustClaim()
  await settleCall(asked, taken(asked))
  const news = { providerId: undefined, messageId: id, detail: undefined, occurredAt: clock.now() }
  await keepNews({ id: 'msg_old', type: 'email.delivered', ...news })
  later(89 * 24)
  await scrub()
  expect(await db.mailEvent.count()).toBe(1)
  expect(await db.mailAttempt.count({ where: { callId: asked.callId } })).toBe(1)
  await keepNews({ id: 'msg_new', type: 'email.opened', ...news })
  await queueOne(update, 'cem@example.org')
  await noRateLimit()
  await settleCall(await mustClaim(), error(null))
  later(2 * 24)
  await scrub()
  expect(await db.mailEvent.findMany({ select: { id: true } })).toEqual([{ id: 'msg_new' }])
  expect(await db.mailAttempt.count({ where: { callId: asked.callId } })).toBe(0)
  expect(await db.mailAttempt.count()).toBeGreaterThan(0)
  expect((await standing(id)).state).toBe('accepted')
})
