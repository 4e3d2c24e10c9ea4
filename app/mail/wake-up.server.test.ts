import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { startWorker, type Running } from '#tests/support/house.ts'
import { openPostOffice, type PostOffice } from '#tests/support/post-office.ts'
import { queueMail, type Cause } from './outbox.server.ts'

const cause: Cause = { kind: 'donations.receipt', about: 'gift:1', lane: 'prompt', scope: 'all' }

/** Enough to meet every point many times, over a few runs. */
const MESSAGES = Number(process.env['WAKE_UPS'] ?? 300)

let post: PostOffice
let worker: Running
beforeAll(async () => {
  post = await openPostOffice()
  worker = await startWorker(process.env['DATABASE_URL'] ?? '', post.settings)
  // The timetable calls mail's sender every minute, whatever happened: here it does not.
  await db.$executeRaw`
    create function graphile_worker.no_timetable() returns trigger language plpgsql as $$
      begin return case when new.payload::jsonb ? '_cron' then null else new end; end $$`
  await db.$executeRaw`
    create trigger no_timetable before insert on graphile_worker._private_jobs
    for each row execute function graphile_worker.no_timetable()`
})
afterAll(async () => {
  await worker.stop()
  await post.close()
})

test('a message that is queued in the instant in which the sender looks for the last time goes out all the same', async () => {
  // Each waits for the one before it, and a little more: so the sender is caught at every point of its way to its end,
  // and no later message comes to the help of one that was missed.
  const pauses = fc.sample(fc.integer({ min: 0, max: 25 }), MESSAGES)
  for (const [nth, pause] of pauses.entries()) {
    await delay(pause)
    const id = await inTransaction((tx) =>
      queueMail(tx, cause, {
        from: 'receipts@charity.example',
        to: `donor-${nth}@example.org`,
        subject: 'Your receipt',
        html: '<p>Thank you.</p>',
        text: 'Thank you.',
      }),
    )
    await expect
      .poll(async () => (await db.message.findUniqueOrThrow({ where: { id } })).state, {
        timeout: 30_000,
        interval: 3,
      })
      .toBe('accepted')
  }
  expect([...(await post.taken()).values()]).toEqual(pauses.map(() => 1))
}, 300_000)
