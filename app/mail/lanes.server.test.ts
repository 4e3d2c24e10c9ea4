import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { startWorker, type Running } from '#tests/support/house.ts'
import { letterTo, noRateLimit, queueOne, queueTo, receipt, standing } from '#tests/support/outbox.ts'
import { openPostOffice, type PostOffice } from '#tests/support/post-office.ts'
import { holdAll } from './budget.server.ts'
import { claimCall } from './claim.server.ts'
import { queueMail } from './outbox.server.ts'

const url = process.env['DATABASE_URL'] ?? ''
const names = (count: number, who: string) => Array.from({ length: count }, (_, nth) => `${who}${nth}`)

let post: PostOffice
let workers: Running[] = []
beforeAll(async () => {
  post = await openPostOffice()
})
beforeEach(noRateLimit)
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill()))
  workers = []
  await db.message.deleteMany()
  await db.mailCall.deleteMany()
  await post.control('PUT', 'faults', {})
})
afterAll(() => post.close())

async function work(): Promise<void> {
  workers.push(await startWorker(url, post.settings))
}

test('200 receipts that come while 5,000 updates are being sent by two processes go before the rest of them', async () => {
  await post.control('PUT', 'settings', { perSecond: 25 })
  for (let batch = 0; batch < 50; batch++) await queueTo(names(100, `u${batch}-`))
  await Promise.all([work(), work()])
  const batches = async () => (await post.log()).filter(({ route }) => route === 'POST /emails/batch').length
  await expect.poll(batches, { timeout: 20_000 }).toBeGreaterThan(2)

  // While nobody may ask, so that all of them are there when it goes on.
  await inTransaction((tx) => holdAll(tx, new Date(Date.now() + 300_000)))
  await inTransaction(async (tx) => {
    for (const name of names(200, 'r')) await queueMail(tx, receipt, letterTo(`${name}@example.org`))
  })
  const before = (await post.log()).length
  await post.control('PUT', 'settings', { perSecond: 1000 })
  await noRateLimit()
  await expect
    .poll(() => db.message.count({ where: { state: { not: 'accepted' } } }), { timeout: 60_000 })
    .toBe(0)

  const order = (await post.log()).slice(before).filter(({ accepted }) => accepted.length > 0)
  const lastReceipt = order.findLastIndex(({ route }) => route === 'POST /emails')
  const isBatch = ({ route }: { route: string }) => route === 'POST /emails/batch'
  // At most what two processes had under way already.
  expect(order.slice(0, lastReceipt).filter(isBatch).length).toBeLessThanOrEqual(8)
  expect(order.slice(lastReceipt).filter(isBatch).length).toBeGreaterThan(15)
  expect([...(await post.taken()).values()].every((times) => times === 1)).toBe(true)
}, 90_000)

test('a receipt goes out while the provider lets every update hang', async () => {
  await post.control('PUT', 'faults', { routes: { 'POST /emails/batch': { hang: 1 } } })
  for (let batch = 0; batch < 6; batch++) await queueTo([`hangs${batch}`])
  await work()
  const unanswered = () => db.mailAttempt.count({ where: { answered: null } })
  await expect.poll(unanswered, { timeout: 20_000 }).toBe(4)
  const id = await queueOne(receipt, 'ani@example.org')
  await expect.poll(async () => (await standing(id)).state, { timeout: 20_000 }).toBe('accepted')
  expect(await unanswered()).toBe(4)
})

test('an update does not go before a receipt that another sender is just taking up', async () => {
  await queueTo(['ani@example.org'])
  const { call } = await standing(await queueOne(receipt, 'bea@example.org'))
  const claimer = { sender: 2, holds: new Set<string>(), upTo: 'updates' } as const
  const meanwhile = await inTransaction(async (tx) => {
    await tx.$queryRaw`select 1 from mail_call where id = ${call.id}::uuid for update`
    return claimCall(claimer)
  })
  expect(meanwhile.outcome).toBe('wait')
  expect(await claimCall(claimer)).toMatchObject({ outcome: 'claimed', callId: call.id })
})
