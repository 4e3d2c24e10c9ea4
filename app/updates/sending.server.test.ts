import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { suppress } from '#app/mail/suppressions.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { startFromSeed } from '#tests/support/database.ts'
import { startWorker, type Running } from '#tests/support/house.ts'
import { openPostOffice, type PostOffice } from '#tests/support/post-office.ts'
import { addresses, confirmSubscribers, forgetUpdates } from '#tests/support/subscribers.ts'
import { prepareUpdate } from './prepare-update.server.ts'
import { updateProgress } from './progress.server.ts'
import { startUpdate } from './send-update.server.ts'

const news = { slug: 'news', subject: 'News', preview: 'What is new', markdown: 'Dear friends, **hello**.' }

let post: PostOffice
let workers: Running[] = []
beforeAll(async () => {
  await startFromSeed()
  post = await openPostOffice()
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
  await forgetUpdates()
})
afterAll(() => post.close())

async function work(): Promise<Running> {
  const worker = await startWorker(process.env['DATABASE_URL'] ?? '', post.settings)
  workers.push(worker)
  return worker
}

async function started(): Promise<string> {
  const result = await inTransaction((tx) => startUpdate(tx, news))
  if (result.outcome !== 'started') throw new Error(`It was not started: ${result.outcome}`)
  return result.id
}

/** How often the post office took something for each address of this update. */
async function arrived(): Promise<Map<string, number>> {
  const messages = await db.message.findMany({ select: { id: true, addressHash: true } })
  const taken = await post.taken()
  return new Map(messages.map(({ id, addressHash }) => [addressHash, taken.get(id) ?? 0]))
}

const accepted = async (id: string) => (await updateProgress(db, id)).messages.accepted ?? 0

test('workers that are killed again and again while they prepare and send, leave nobody out and write to nobody twice', async () => {
  const people = await confirmSubscribers(addresses(1_000))
  const id = await started()
  let kills = 0
  for (const until of [1, 300, 700]) {
    const worker = await work()
    await expect
      .poll(async () => (await updateProgress(db, id)).audience, { timeout: 30_000, interval: 5 })
      .toBeGreaterThanOrEqual(until)
    await worker.kill()
    kills += 1
  }
  await work()
  await work()
  await expect.poll(() => accepted(id), { timeout: 60_000 }).toBe(1_000)
  expect(kills).toBe(3)
  expect(await arrived()).toEqual(new Map(people.map(({ addressHash }) => [addressHash, 1])))
  expect(await updateProgress(db, id)).toEqual({
    prepared: true,
    audience: 1_000,
    messages: { accepted: 1_000 },
    skipped: {},
  })
}, 120_000)

test('who leaves while it is being sent, and before their mail has gone, gets none, and is counted as one who left', async () => {
  const people = await confirmSubscribers(addresses(150))
  const id = await started()
  await prepareUpdate(id)
  await inTransaction((tx) => suppress(tx, people[37]?.addressHash ?? '', 'marketing', 'unsubscribed'))
  await work()
  await expect.poll(() => accepted(id), { timeout: 30_000 }).toBe(149)
  expect(await updateProgress(db, id)).toEqual({
    prepared: true,
    audience: 150,
    messages: { accepted: 149 },
    skipped: { unsubscribed: 1 },
  })
  const counts = await arrived()
  expect(counts.get(people[37]?.addressHash ?? '')).toBe(0)
  expect([...counts.values()].filter((count) => count === 1)).toHaveLength(149)
})

test('who subscribes while it is being sent gets the next one', async () => {
  await confirmSubscribers(addresses(150))
  const id = await started()
  const late = await confirmSubscribers(['late@example.org'], new Date(clock.now().getTime() + 1))
  await work()
  await expect.poll(() => accepted(id), { timeout: 30_000 }).toBe(150)
  expect((await arrived()).has(late[0]?.addressHash ?? '')).toBe(false)
})
