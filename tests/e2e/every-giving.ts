import { expect, type Page } from '@playwright/test'
import type { AtTheDesk } from '../support/payment-desk.ts'
import { choose, expectPaymentPage, expectThanks, fillIn, goToPay, press, sessionOf, title } from './donor.ts'

const CREATE = 'POST /v1/checkout/sessions'
const donor = { name: 'Ani', email: 'ani@example.org', message: 'For all of you.' }

/**
 * Leads a browser to every page and state of giving, in turn, and calls `look` at each with its name. They are behind
 * tokens: no list of addresses leads to them. It moves the clock of the payment desk, and holds its news.
 */
export async function everyGiving(
  page: Page,
  desk: AtTheDesk,
  look: (name: string) => Promise<void>,
): Promise<void> {
  await page.goto('/donate')
  await look('chooser')
  await press(page, 'Continue')
  await look('chooser-refused')
  await choose(page, 25)
  await look('details')
  await press(page, 'Give £25.00 once')
  await look('details-refused')
  await fillIn(page, donor)
  await press(page, 'Change the amount or purpose')
  await look('chooser-again')
  await press(page, 'Continue')
  await desk.next(CREATE, 'bad-gateway', 2)
  await press(page, 'Give £25.00 once')
  await expect(title(page)).toHaveText('Your gift: £25.00, once')
  await look('unanswered')
  await desk.next(CREATE, { error: 'invalid_parameter' })
  await press(page, 'Give £25.00 once')
  await look('refused-by-stripe')
  await press(page, 'Pay by bank transfer instead')
  await look('bank')
  const bank = page.url()
  await page.goto(bank.replace('/donate/bank', '/donate/thanks'))
  await look('thanks-promised')
  await page.goto(bank.replace('/donate/bank', '/donate/give'))
  await look('back-promised')

  await goToPay(page, donor)
  await page.getByRole('button', { name: /^Go back to / }).click()
  await look('back-left')
  const expired = page.url()
  await press(page, 'Give £25.00 once')
  await expectPaymentPage(page)
  await desk.stripe.checkout.sessions.expire(sessionOf(page))
  await untilItSays(page, expired, 'The payment page has closed')
  await look('back-ended')
  await page.goto(expired.replace('/donate/give', '/donate/thanks'))
  await look('thanks-expired')

  await goToPay(page, donor)
  await press(page, 'Declined: the card has expired')
  await page.getByRole('button', { name: /^Go back to / }).click()
  await untilItSays(page, page.url(), 'The payment was declined')
  await look('back-declined')

  await desk.newsFaults({ hold: true })
  await press(page, 'Give £25.00 once')
  await press(page, 'Donate £25.00 by card')
  await look('thanks-started')
  await page.goto(`${page.url().replace(/&looked=\d+$/, '')}&looked=99`)
  await look('thanks-started-long')
  await desk.newsFaults()
  await desk.release()
  await page.goto(page.url().replace(/&looked=\d+$/, ''))
  await expectThanks(page)
  await look('thanks-received')

  await goToPay(page, donor)
  await press(page, 'Donate £25.00, and the bank refuses')
  await expect(title(page)).toHaveText('Thank you: your gift is on its way', { timeout: 30_000 })
  await look('thanks-processing')
  const failed = page.url()
  await desk.later(5 * 24)
  await desk.setClock(new Date())
  await untilItSays(page, failed, 'Your gift did not arrive')
  await look('thanks-failed')
  await page.getByRole('link', { name: 'Try again' }).click()
  await look('back-failed')
  await page.goto('/donate/thanks?gift=there-is-no-such-gift')
  await look('unknown')
}

/** Looks at a page until what has happened at the payment desk has come to it. */
export async function untilItSays(page: Page, address: string, words: string): Promise<void> {
  await expect(async () => {
    await page.goto(address)
    await expect(page.getByText(words)).toBeVisible({ timeout: 500 })
  }).toPass()
}
