import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveTransfer } from '#app/donations/transfers.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { dayInBritain } from '#app/shared/dates.ts'
import { askDatabase } from '#tests/support/copy-gifts.ts'
import { startFromSeed } from '#tests/support/database.ts'
import { addGift } from '#tests/support/gifts.ts'
import { startWorker, type Running } from '#tests/support/house.ts'
import { openPostOffice, type PostOffice } from '#tests/support/post-office.ts'

const LONG = { timeout: 100_000 }
const url = () => process.env['DATABASE_URL'] ?? ''

let post: PostOffice
const workers: Running[] = []
beforeAll(startFromSeed)
beforeAll(async () => {
  post = await openPostOffice()
})
afterAll(() => Promise.all([...workers.map((worker) => worker.stop()), post.close()]))

test('A bank transfer whose worker is killed while it books it is booked once, and Ani gets one receipt', async () => {
  const id = await addGift({ state: 'promised' })
  const amount = { amountMinor: 2500, currency: 'GBP' } as const
  await receiveTransfer(id, { amount, on: dayInBritain(clock.now()), insteadOf: null })

  await inTransaction(async (tx) => {
    // Nothing is added to the books and no receipt is kept meanwhile: both jobs have begun, and neither can end.
    await tx.$executeRaw`lock table ledger_transaction, gift_mail in exclusive mode`
    const first = await startWorker(url(), post.settings)
    const waiting = () =>
      askDatabase<number>(
        url(),
        `select count(*)::int from pg_locks l join pg_class c on c.oid = l.relation
         where not l.granted and c.relname in ('ledger_transaction', 'gift_mail')`,
      )
    await expect.poll(waiting, { timeout: 10_000 }).toBe(2)
    await first.kill()
  })
  expect(await db.ledgerTransaction.count()).toBe(0)
  expect(await db.giftMail.count()).toBe(0)

  // A lock of the last ten seconds is left alone for a minute, because who has it may have just begun to live.
  await askDatabase(
    url(),
    `update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute'`,
  )
  workers.push(await startWorker(url(), post.settings))
  await expect.poll(() => db.ledgerTransaction.count(), LONG).toBe(1)
  await expect.poll(() => db.giftMail.count(), LONG).toBe(1)
  const mail = await db.giftMail.findFirstOrThrow({ where: { giftId: id, kind: 'receipt' } })
  await expect.poll(async () => (await post.taken()).get(mail.messageId ?? ''), LONG).toBe(1)
  const jobs = `select count(*)::int from graphile_worker.jobs where task_identifier ~ '^(books.post|donations.queue)'`
  await expect.poll(() => askDatabase<number>(url(), jobs), LONG).toBe(0)
  expect(await db.ledgerTransaction.findMany()).toMatchObject([{ key: `manual:bank:${id}` }])
}, 240_000)
