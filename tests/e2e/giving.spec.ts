import { expect } from '@playwright/test'
import { atTheDesk } from '../support/payment-desk.ts'
import { statusNote, test } from './console.ts'
import {
  choose,
  expectFilledIn,
  expectPaymentPage,
  fillIn,
  goToPay,
  openMail,
  pounds,
  press,
  referenceOn,
  sessionOf,
  title,
} from './donor.ts'
import { fromOwnNetwork, somebody } from './subscriber.ts'

// From the wish to give to the receipt, with script and without: it must be the same way.

test.beforeEach(fromOwnNetwork)

for (const width of [320, 1280]) {
  test(`Ani gives from the front page, mends two mistakes on the way, pays, and gets one receipt (${width} pixels)`, async ({
    page,
    expectConsoleError,
  }) => {
    expectConsoleError(statusNote(400))
    await page.setViewportSize({ width, height: 720 })
    const ani = { name: 'Ani', email: somebody('ani').address, message: 'Keep well.\nFor “Bea”.' }
    await page.goto('/')
    await page.getByRole('banner').getByRole('link', { name: 'Donate' }).click()
    await expect(title(page)).toHaveText(/^Give to /)

    await press(page, 'Continue')
    const problems = page.locator('[data-error-summary]')
    await expect(problems).toBeFocused()
    await expect(page).toHaveTitle(/^Error: /)
    await problems.getByRole('link', { name: 'Choose an amount, or enter your own.' }).click()
    await expect(pounds(page, 10)).toBeFocused()
    await choose(page, 25)
    await expect(title(page)).toHaveText('Your gift: £25.00, once')

    await fillIn(page, { ...ani, email: 'ani at example.org' })
    await press(page, 'Give £25.00 once')
    await expect(problems).toBeFocused()
    await expect(page).toHaveTitle(/^Error: /)
    await expectFilledIn(page, { ...ani, email: 'ani at example.org' })
    await problems.getByRole('link', { name: /correct format/ }).click()
    await expect(page.getByLabel('Your email address')).toBeFocused()
    await page.getByLabel('Your email address').fill(ani.email)
    await press(page, 'Give £25.00 once')

    await expectPaymentPage(page)
    await expect(
      page.getByRole('definition').filter({ hasText: 'Gift for where it is most needed' }),
    ).toBeVisible()
    await expect(page.getByLabel('Email')).toHaveValue(ani.email)
    await press(page, 'Donate £25.00 by card')
    await expect(title(page)).toHaveText('Thank you for your gift')
    expect(new URL(page.url()).pathname).toBe('/donate/thanks')
    const reference = await referenceOn(page)

    const receipt = await openMail(page, ani.email, /^Receipt for your gift of £25\.00/)
    for (const words of ['Thank you, Ani', '£25.00', 'where it is most needed', reference]) {
      await expect(receipt).toContainText(words)
    }
    await page.goto(`/sandbox/mail?to=${ani.email}`)
    await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveCount(1)
  })
}

test('Bea leaves the payment page, finds all that she typed, changes the amount, and pays once', async ({
  page,
}) => {
  const bea = { name: 'Bea & Co', email: somebody('bea').address, message: 'With <love>.' }
  await goToPay(page, bea)
  const first = sessionOf(page)
  await page.getByRole('button', { name: /^Go back to / }).click()
  await expect(page.getByText('You have not paid yet')).toBeVisible()
  await expectFilledIn(page, bea)
  await press(page, 'Give £25.00 once')
  await expectPaymentPage(page)
  expect(sessionOf(page), 'the same page: there is one to pay on').toBe(first)

  await page.getByRole('button', { name: /^Go back to / }).click()
  await press(page, 'Change the amount or purpose')
  await expect(pounds(page, 25)).toBeChecked()
  await choose(page, 50)
  await expectFilledIn(page, bea)
  await press(page, 'Give £50.00 once')
  await expect(title(page)).toHaveText('Donate £50.00')
  await press(page, 'Donate £50.00 by card')
  await expect(title(page)).toHaveText('Thank you for your gift')
  const receipt = await openMail(page, bea.email, /^Receipt for your gift of £50\.00/)
  await expect(receipt).toContainText('Thank you, Bea & Co')
  const { status } = await desk().stripe.checkout.sessions.retrieve(first)
  expect(status, 'the page of £25.00 is closed').toBe('expired')
})

test('Cem’s card is declined, he leaves, and is told that nothing was taken; another card pays the same gift', async ({
  page,
  expectConsoleError,
}) => {
  expectConsoleError(statusNote(402))
  const cem = { name: 'Cem', email: somebody('cem').address }
  await goToPay(page, cem)
  await press(page, 'Declined: not enough money in the account')
  await expect(page.getByRole('alert')).toContainText('insufficient funds')
  await desk().quiet()
  await page.getByRole('button', { name: /^Go back to / }).click()
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('The payment was declined')).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(page.getByText('Nothing was taken.')).toBeVisible()
  await expectFilledIn(page, cem)
  await press(page, 'Give £25.00 once')
  await expectPaymentPage(page)
  await press(page, 'Donate £25.00 by card')
  await expect(title(page)).toHaveText('Thank you for your gift')
})

test('Davit pays from his bank, sees where to send what by which reference, and may still pay by card', async ({
  page,
}) => {
  const davit = { name: 'Davit', email: somebody('davit').address }
  await page.goto('/donate')
  await choose(page, 25)
  await fillIn(page, davit)
  await press(page, 'Pay by bank transfer instead')
  await expect(title(page)).toHaveText('Send your gift from your bank')
  await expect(page.getByText('00-00-00')).toBeVisible()
  await expect(page.getByText('£25.00', { exact: true })).toBeVisible()
  const reference = await referenceOn(page)
  await page.getByRole('link', { name: 'go back to your gift' }).click()
  await expect(page.getByText('You chose to pay by bank transfer')).toBeVisible()
  await expectFilledIn(page, davit)
  await press(page, 'Give £25.00 once')
  await expectPaymentPage(page)
  await press(page, 'Donate £25.00 by card')
  await expect(title(page)).toHaveText('Thank you for your gift')
  expect(await referenceOn(page), 'it is the same gift').toBe(reference)
})

test('Eva ticks that she wants updates, and is asked by mail once her gift is given', async ({ page }) => {
  const eva = somebody('eva')
  await page.goto('/donate')
  await choose(page, 25)
  await fillIn(page, { name: 'Eva', email: eva.address })
  const box = page.getByRole('checkbox', { name: /may send me updates by email/ })
  await expect(box).not.toBeChecked()
  await box.check()
  await press(page, 'Give £25.00 once')
  await expectPaymentPage(page)
  await page.getByRole('button', { name: /^Go back to / }).click()
  await expect(box).toBeChecked()
  await page.goto(`/sandbox/mail?to=${eva.address}`)
  await expect(page.getByText('There is no mail to'), 'nothing before the gift').toBeVisible()

  await page.goBack()
  await press(page, 'Give £25.00 once')
  await press(page, 'Donate £25.00 by card')
  await expect(title(page)).toHaveText('Thank you for your gift')
  await page.goto(await eva.link('/updates/confirm/', 2))
  await press(page, 'Yes, send me updates')
  await expect(title(page)).toHaveText('You get updates')
})

test('Gor, who uses the keyboard alone, goes through every field in order; Enter gives, and does nothing else', async ({
  page,
}) => {
  await page.goto('/donate')
  await choose(page, 25)
  await page.getByLabel('Your name').focus()
  await page.keyboard.type('Gor')
  await page.keyboard.press('Tab')
  await page.keyboard.type(somebody('gor').address)
  for (const next of [
    page.getByLabel('A message to'),
    page.getByRole('checkbox'),
    page.getByRole('button', { name: 'Give £25.00 once' }),
    page.getByRole('button', { name: 'Pay by bank transfer instead' }),
  ]) {
    await page.keyboard.press('Tab')
    await expect(next).toBeFocused()
  }
  await page.getByLabel('Your email address').focus()
  await page.keyboard.press('Enter')
  await expectPaymentPage(page)
})

test('a form that would lead anywhere but to the payment page leads nowhere', async ({
  page,
  expectConsoleError,
}) => {
  const paymentPages = new URL(process.env['PAYMENT_DESK_URL'] ?? '').origin
  await page.route('**/donate/give?**', async (route) => {
    const answer = await route.fetch()
    const policy = answer.headers()['content-security-policy'] ?? ''
    expect(policy).toContain(` ${paymentPages}`)
    const other = policy.replace(paymentPages, 'https://pay.example')
    await route.fulfill({
      response: answer,
      headers: { ...answer.headers(), 'content-security-policy': other },
    })
  })
  expectConsoleError(/form-action/)
  await page.goto('/donate')
  await choose(page, 25)
  await fillIn(page, { name: 'Hasmik', email: somebody('hasmik').address })
  const blocked = page.waitForEvent('console', (message) => message.text().includes('has been blocked'))
  await press(page, 'Give £25.00 once')
  await blocked
  await expect(title(page)).toHaveText('Your gift: £25.00, once')
})

function desk() {
  return atTheDesk(process.env['PAYMENT_DESK_URL'] ?? '')
}
