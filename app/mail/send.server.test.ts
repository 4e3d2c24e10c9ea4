import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'
import { startWorker, type Running } from '#tests/support/house.ts'
import { letterTo, update as cause } from '#tests/support/outbox.ts'
import { openPostOffice, type PostOffice } from '#tests/support/post-office.ts'
import { queueBatch, queueMail } from './outbox.server.ts'
import { suppress } from './suppressions.server.ts'

const url = process.env['DATABASE_URL'] ?? ''
let post: PostOffice
let workers: Running[] = []
beforeAll(async () => {
  post = await openPostOffice()
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
  await post.control('PUT', 'faults', {})
})
afterAll(() => post.close())

async function work(settings: Record<string, string> = {}): Promise<Running> {
  const worker = await startWorker(url, { ...post.settings, ...settings })
  workers.push(worker)
  return worker
}

const stateOf = async (id: string | undefined) =>
  (await db.message.findUniqueOrThrow({ where: { id: id ?? '' } })).state
const settled = (id: string | undefined, state: string) =>
  expect.poll(() => stateOf(id), { timeout: 15_000 }).toBe(state)

test('a message goes out if the change that asks for it is kept, once, and not if it is taken back', async () => {
  const undone = inTransaction(async (tx) => {
    await queueMail(tx, cause, letterTo('undone@example.org'))
    throw new Error('the change was taken back')
  })
  await expect(undone).rejects.toThrow('taken back')
  const kept = await inTransaction((tx) => queueMail(tx, cause, letterTo('kept@example.org')))
  await work()
  await settled(kept, 'accepted')
  expect([...(await post.taken()).keys()]).toEqual([kept])
  expect((await post.taken()).get(kept)).toBe(1)
})

test('an answer that is lost costs nobody a second message', async () => {
  await post.control('POST', 'next', { route: 'POST /emails', fault: 'drop', times: 1 })
  const id = await inTransaction((tx) => queueMail(tx, cause, letterTo('lost-answer@example.org')))
  await work()
  await settled(id, 'accepted')
  expect((await post.taken()).get(id)).toBe(1)
  expect(await db.mailAttempt.count({ where: { call: { messages: { some: { id } } } } })).toBe(2)
})

test('whoever left before the first attempt is left out, with the reason; the others get theirs', async () => {
  const ids = await inTransaction(async (tx) => {
    const queued = await queueBatch(
      tx,
      cause,
      ['ani', 'bea', 'cem'].map((name) => letterTo(`${name}@example.org`)),
    )
    await suppress(tx, addressHash('Bea@Example.org'), 'marketing', 'unsubscribed')
    return queued
  })
  await work()
  await settled(ids[0], 'accepted')
  await settled(ids[2], 'accepted')
  expect(await db.message.findUnique({ where: { id: ids[1] ?? '' } })).toMatchObject({
    state: 'suppressed',
    reason: 'unsubscribed',
  })
  const taken = await post.taken()
  expect(ids.map((id) => taken.get(id) ?? 0)).toEqual([1, 0, 1])
})

test('one wrong message among a hundred is found, and the other ninety-nine go out once', async () => {
  const letters = Array.from({ length: 100 }, (_, nth) =>
    letterTo(nth === 37 ? 'not an address' : `n${nth}@example.org`),
  )
  const ids = await inTransaction((tx) => queueBatch(tx, cause, letters))
  await work()
  await settled(ids[37], 'refused')
  await expect
    .poll(() => db.message.count({ where: { id: { in: ids }, state: 'accepted' } }), { timeout: 15_000 })
    .toBe(99)
  const taken = await post.taken()
  expect(ids.map((id) => taken.get(id) ?? 0)).toEqual(ids.map((_, nth) => (nth === 37 ? 0 : 1)))
})

describe('when the provider has forgotten the key', () => {
  test('nothing is asked again blindly: a person sees that nobody knows', async () => {
    await post.control('POST', 'next', { route: 'POST /emails', fault: 'drop', times: 1 })
    const id = await inTransaction((tx) => queueMail(tx, cause, letterTo('day-later@example.org')))
    const worker = await work()
    await expect.poll(async () => (await post.taken()).get(id), { timeout: 15_000 }).toBe(1)
    await worker.kill()
    const asked = (await post.log()).length
    await work({ CLOCK: new Date(Date.now() + 25 * 3_600_000).toISOString() })
    await settled(id, 'uncertain')
    expect((await post.log()).length).toBe(asked)
  })
})
