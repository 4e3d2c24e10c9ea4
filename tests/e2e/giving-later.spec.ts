import { expect } from '@playwright/test'
import { onServer } from '../support/ground.ts'
import { mailTo } from '../support/mailbox.ts'
import { statusNote } from './console.ts'
import {
  choose,
  expectFilledIn,
  expectThanks,
  fillIn,
  goToPay,
  openMail,
  press,
  referenceOn,
  title,
} from './donor.ts'
import { test, type OwnHouse } from './own-house.ts'
import { somebody } from './subscriber.ts'

// What takes a while, between a gift and its receipt. The clock and the news are Stripe's, so each of these has its own.

test.afterEach(async ({ all: { desk } }) => {
  await desk.newsFaults()
  await desk.setClock(new Date())
})

test('Ani is back before Stripe’s news: her page says so, looks again by itself, and thanks her; told again and again, we send one receipt', async ({
  page,
  all,
}) => {
  const ani = somebody('ani').address
  await all.desk.newsFaults({ hold: true })
  await goToPay(page, { name: 'Ani', email: ani })
  await press(page, 'Donate £25.00 by card')
  await expect(title(page)).toHaveText('We are confirming your gift')
  await expect(page.getByText('The page looks again by itself.')).toBeVisible()
  await all.desk.newsFaults()
  await all.desk.release({ times: 3, seed: 1 })
  await expectThanks(page)
  await openMail(page, ani, /^Receipt for your gift of £25\.00/)
  await all.desk.release({ times: 3, seed: 2 })
  await all.desk.quiet()
  await expect.poll(() => unfinishedIn(all), { timeout: 30_000 }).toBe(0)
  expect(await mailTo(all.post, ani)).toHaveLength(1)
})

test('Bea gives to one partner’s work by a debit: she is told that it takes days, gets her receipt when it comes, and the books keep it for that partner', async ({
  page,
  all,
}) => {
  const bea = somebody('bea').address
  await page.goto('/partners')
  await page.getByRole('link', { name: 'Lady Cox Rehabilitation Centre' }).click()
  await choose(page, 50)
  await expect(page.getByText('For: the work of Lady Cox Rehabilitation Centre.')).toBeVisible()
  await fillIn(page, { name: 'Bea', email: bea })
  await press(page, 'Give £50.00 once')
  await press(page, 'Donate £50.00, and the money comes')
  await expect(title(page)).toHaveText('Thank you: your gift is on its way', { timeout: 30_000 })
  await expect(page.getByText('takes some working days')).toBeVisible()
  const reference = await referenceOn(page)
  await openMail(page, bea, /is on its way/)
  expect(await mailTo(all.post, bea), 'no receipt while the money is on its way').toHaveLength(1)

  await all.desk.later(5 * 24)
  const receipt = await openMail(page, bea, /^Receipt for your gift of £50\.00/)
  await expect(receipt).toContainText('the work of Lady Cox Rehabilitation Centre')
  await expect(receipt).toContainText(reference)
  await expect
    .poll(() => fundsOf(all, reference), { timeout: 30_000 })
    .toEqual([{ partner: 'lady-cox-rehabilitation-centre', minor: '5000' }])
  expect(await mailTo(all.post, bea, 2)).toHaveLength(2)
})

test('Cem’s debit fails: he is told by mail and on the page, and gives again with all that he had typed', async ({
  page,
  all,
}) => {
  const cem = { name: 'Cem', email: somebody('cem').address, message: 'Good luck.' }
  await goToPay(page, cem)
  await press(page, 'Donate £25.00, and the bank refuses')
  await expect(title(page)).toHaveText('Thank you: your gift is on its way', { timeout: 30_000 })
  const thanks = page.url()
  await all.desk.later(5 * 24)
  await openMail(page, cem.email, /did not/)
  await all.desk.setClock(new Date())
  await page.goto(thanks)
  await expect(title(page)).toHaveText('Your gift did not arrive')
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect(page.getByText('The payment did not arrive')).toBeVisible()
  await expectFilledIn(page, cem)
  await press(page, 'Give £25.00 once')
  await press(page, 'Donate £25.00 by card')
  await expectThanks(page)
})

test('Davit’s page runs out while he is away: he is told so there and here, and gets another with all that he had typed', async ({
  page,
  all,
}) => {
  const davit = { name: 'Davit', email: somebody('davit').address }
  await goToPay(page, davit)
  const closed = page.url()
  await page.getByRole('button', { name: /^Go back to / }).click()
  const back = page.url()
  await all.desk.later(24)
  await page.goto(closed)
  await expect(title(page)).toHaveText('This page has expired')
  await all.desk.setClock(new Date())
  await expect(async () => {
    await page.goto(back)
    await expect(page.getByText('The payment page has closed')).toBeVisible({ timeout: 500 })
  }).toPass()
  await expectFilledIn(page, davit)
  await press(page, 'Give £25.00 once')
  await press(page, 'Donate £25.00 by card')
  await expectThanks(page)
})

test('Eva finds Stripe out of reach, loses nothing that she typed, and presses again', async ({
  page,
  all,
  expectConsoleError,
}) => {
  expectConsoleError(statusNote(503))
  const eva = { name: 'Eva', email: somebody('eva').address, message: 'Thank you.' }
  await page.goto('/donate')
  await choose(page, 25)
  await fillIn(page, eva)
  await all.desk.next('POST /v1/checkout/sessions', 'bad-gateway', 2)
  await press(page, 'Give £25.00 once')
  await expect(page.locator('[data-error-summary]')).toBeFocused()
  await expect(page.getByText('Nothing was taken.')).toBeVisible()
  await expectFilledIn(page, eva)
  await press(page, 'Give £25.00 once')
  await press(page, 'Donate £25.00 by card')
  await expectThanks(page)
})

/** News that is not worked on yet, and mail that has not left. */
async function unfinishedIn({ databaseUrl }: OwnHouse): Promise<number> {
  const { rows } = await onServer(databaseUrl, (database) =>
    database.query<{ count: number }>(
      `select (select count(*)::int from stripe_event where state = 'waiting') +
              (select count(*)::int from mail_call where state in ('waiting', 'in_flight')) as count`,
    ),
  )
  return rows[0]?.count ?? NaN
}

/** What the books hold of a gift, by the fund it is kept in; null is for where it is most needed. */
async function fundsOf({ databaseUrl }: OwnHouse, reference: string) {
  const { rows } = await onServer(databaseUrl, (database) =>
    database.query<{ partner: string | null; minor: string }>(
      `select partner.slug as partner, (-sum(entry.amount_minor))::text as minor
       from gift join movement on movement.gift_id = gift.id
       join ledger_transaction posted on posted.movement_id = movement.id
       join ledger_entry entry on entry.transaction_id = posted.id
       join fund on fund.id = entry.fund_id left join partner on partner.id = fund.partner_id
       where gift.reference = $1 group by partner.slug`,
      [reference],
    ),
  )
  return rows
}
