import { afterAll, beforeAll, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { startUpdate } from '#app/updates/send-update.server.ts'
import { startFromSeed } from '../support/database.ts'
import { findEmails } from '../support/emails.ts'
import { everyRow } from '../support/every-row.ts'
import { sendForm } from '../support/forms.ts'
import type { House, Running } from '../support/house.ts'
import { linkIn, mailTo } from '../support/mailbox.ts'
import { chargeOf, giveBy } from '../support/pages.ts'
import type { PaymentDesk } from '../support/payment-desk.ts'
import type { PostOffice } from '../support/post-office.ts'
import { openWholeHouse, type WholeHouse } from '../support/whole-house.ts'

// How often each link is opened. SCANS=1000 is the promise; a run of all tests tells a part of it.
const scans = Number(process.env['SCANS'] ?? 25)

let all: WholeHouse
let post: PostOffice
let desk: PaymentDesk
let house: House
let worker: Running
beforeAll(async () => {
  await startFromSeed()
  all = await openWholeHouse()
  ;({ post, desk, house, worker } = all)
})
afterAll(() => all.close())

/** Makes the product send every mail it has; gives all that came to the mailboxes. */
async function everyMail() {
  return [...(await mailOfGifts()), ...(await mailOfUpdates())]
}

/** Nare gives and is refunded; Tigran’s debit comes, and Vahe’s does not. */
async function mailOfGifts() {
  const [nare, tigran, vahe] = ['nare@example.org', 'tigran@example.org', 'vahe@example.org']
  const page = await giveBy(house, { name: 'Nare', email: nare })
  await desk.pay(page)
  await mailTo(post, nare)
  await desk.refund(await chargeOf(desk.stripe, page))
  await desk.payLate(await giveBy(house, { name: 'Tigran', email: tigran }), 'comes')
  await desk.payLate(await giveBy(house, { name: 'Vahe', email: vahe }), 'fails')
  await Promise.all([mailTo(post, tigran), mailTo(post, vahe)])
  await desk.later(5 * 24)
  const mails = await Promise.all([nare, tigran, vahe].map((address) => mailTo(post, address, 2)))
  await desk.quiet()
  return mails.flat()
}

async function mailOfUpdates() {
  const [ani, gor] = ['ani@example.org', 'gor@example.org']
  await sendForm(house, '/updates', { address: gor })
  await sendForm(house, '/updates', { address: ani })
  await sendForm(house, linkIn((await mailTo(post, ani))[0], '/updates/confirm/'), {})
  await sendForm(house, '/updates', { address: ani })
  await sendForm(house, '/me', { address: ani })
  await mailTo(post, ani, 3)
  await inTransaction((tx) =>
    startUpdate(tx, { slug: 'news', subject: 'News', preview: 'What is new', markdown: 'Dear friends,' }),
  )
  return [...(await mailTo(post, gor)), ...(await mailTo(post, ani, 4))]
}

/** The file of a mail of this kind. */
function nameOf(kind: string): string {
  return kind.replace('updates_', '').replace('donations_', 'gift-')
}

test('a scanner that opens every link of every mail, again and again, changes not one row', async () => {
  const mails = await everyMail()
  const kinds = new Set(mails.map(({ tags }) => nameOf(tags['kind'] ?? '')))
  expect([...kinds].sort()).toEqual((await findEmails()).map(({ name }) => name).sort())
  const ours = mails.flatMap(({ links }) => links).filter((link) => link.startsWith(house.url))
  const links = [...new Set(ours)]
  expect(links.some((link) => link.includes('/unsubscribe/'))).toBe(true)
  const open = { state: { in: ['waiting' as const, 'in_flight' as const] } }
  await expect.poll(() => db.mailCall.count({ where: open })).toBe(0)
  expect(await db.stripeEvent.count({ where: { state: 'parked' } }), 'all news was understood').toBe(0)
  await worker.stop()

  const before = await everyRow()
  for (let nth = 0; nth < scans; nth += 1) {
    for (const method of ['GET', 'HEAD']) {
      await Promise.all(
        links.map(async (link) => {
          const answer = await fetch(link, { method, redirect: 'manual' })
          expect([200, 410]).toContain(answer.status)
          await answer.arrayBuffer()
        }),
      )
    }
  }
  expect(await everyRow()).toEqual(before)
}, 600_000)
