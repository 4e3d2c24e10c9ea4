import { expect, type Page } from '@playwright/test'
import type { AtTheDesk } from '../support/payment-desk.ts'
import { choose, expectPaymentPage, fillIn, goToPay, press, sessionOf } from './donor.ts'

const CREATE = 'POST /v1/checkout/sessions'
/** The answers on the way that are no success. */
export const refusals = [400, 402, 404, 503]

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
  const see = async (name: string, words: string) => {
    await expect(page.getByRole('main')).toContainText(words, { timeout: 30_000 })
    await look(name)
  }
  await page.goto('/donate')
  await see('chooser', 'Give to')
  await press(page, 'Continue')
  await see('chooser-refused', 'Choose an amount, or enter your own.')
  await choose(page, 25)
  await see('details', 'Give £25.00 once')
  await press(page, 'Give £25.00 once')
  await see('details-refused', 'Enter your name.')
  await fillIn(page, donor)
  await press(page, 'Change the amount or purpose')
  await see('chooser-again', 'How much would you like to give?')
  await press(page, 'Continue')
  await desk.next(CREATE, 'bad-gateway', 2)
  await press(page, 'Give £25.00 once')
  await see('unanswered', 'The payment service does not answer.')
  await desk.next(CREATE, { error: 'invalid_parameter' })
  await press(page, 'Give £25.00 once')
  await see('refused-by-stripe', 'The payment service did not take this request')
  await press(page, 'Pay by bank transfer instead')
  await see('bank', 'What to enter at your bank')
  const bank = page.url()
  await page.goto(bank.replace('/donate/bank', '/donate/thanks'))
  await see('thanks-promised', 'Thank you for your promise')
  await page.goto(bank.replace('/donate/bank', '/donate/give'))
  await see('back-promised', 'You chose to pay by bank transfer')

  await goToPay(page, donor)
  await page.getByRole('button', { name: /^Go back to / }).click()
  await see('back-left', 'You have not paid yet')
  const expired = page.url()
  await press(page, 'Give £25.00 once')
  await expectPaymentPage(page)
  await desk.stripe.checkout.sessions.expire(sessionOf(page))
  await untilItSays(page, expired, 'The payment page has closed')
  await see('back-ended', 'The payment page has closed')
  await page.goto(expired.replace('/donate/give', '/donate/thanks'))
  await see('thanks-expired', 'Your gift was not made')

  await goToPay(page, donor)
  await press(page, 'Declined: the card has expired')
  await page.getByRole('button', { name: /^Go back to / }).click()
  await untilItSays(page, page.url(), 'The payment was declined')
  await see('back-declined', 'The payment was declined')

  await desk.newsFaults({ hold: true })
  await press(page, 'Give £25.00 once')
  // The page looks again by itself: who looks at it must not lose it meanwhile. An answer without content leaves it there.
  await page.route(/&looked=1$/, (route) => route.fulfill({ status: 204 }))
  await press(page, 'Donate £25.00 by card')
  await see('thanks-started', 'We are confirming your gift')
  await page.unroute(/&looked=1$/)
  await page.goto(`${page.url().replace(/&looked=\d+$/, '')}&looked=99`)
  await see('thanks-started-long', 'It takes longer than usual.')
  await desk.newsFaults()
  await desk.release()
  await page.goto(page.url().replace(/&looked=\d+$/, ''))
  await see('thanks-received', 'Thank you for your gift')

  await goToPay(page, donor)
  await press(page, 'Donate £25.00, and the bank refuses')
  await see('thanks-processing', 'your gift is on its way')
  const failed = page.url()
  await desk.later(5 * 24)
  await desk.setClock(new Date())
  await untilItSays(page, failed, 'Your gift did not arrive')
  await see('thanks-failed', 'Your gift did not arrive')
  await page.getByRole('link', { name: 'Try again' }).click()
  await see('back-failed', 'The payment did not arrive')
  await page.goto('/donate/thanks?gift=there-is-no-such-gift')
  await see('unknown', 'We do not find this gift')
}

/** Looks at a page until what has happened at the payment desk has come to it. */
export async function untilItSays(page: Page, address: string, words: string): Promise<void> {
  await expect(async () => {
    await page.goto(address)
    await expect(page.getByText(words)).toBeVisible({ timeout: 500 })
  }).toPass()
}
