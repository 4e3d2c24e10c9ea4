import { expect, type Locator, type Page } from '@playwright/test'

// What a donor does in a browser, step by step: on the site, on the payment page, and at their mailbox.

export const title = (page: Page): Locator => page.getByRole('heading', { level: 1 })

export const press = (page: Page, button: string): Promise<void> =>
  page.getByRole('button', { name: button, exact: true }).click()

/** The choice of an amount in pounds. Playwright, unlike a browser, reads spaces where the other currencies' signs are hidden. */
export const pounds = (page: Page, amount: number): Locator =>
  page.getByRole('radio', { name: new RegExp(`^£ ?${amount}$`) })

/** Chooses an amount on a page that asks for it, and goes on to the question who gives. */
export async function choose(page: Page, amount: number): Promise<void> {
  await pounds(page, amount).check()
  await press(page, 'Continue')
  await expect(page.getByText('Step 2 of 2')).toBeVisible()
}

/** What a donor types about themselves. */
export type Typed = { name: string; email: string; message?: string }

export async function fillIn(page: Page, { name, email, message }: Typed): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Your email address').fill(email)
  if (message !== undefined) await page.getByLabel('A message to').fill(message)
}

/** All that was typed stands in the form. */
export async function expectFilledIn(page: Page, { name, email, message = '' }: Typed): Promise<void> {
  await expect(page.getByLabel('Your name')).toHaveValue(name)
  await expect(page.getByLabel('Your email address')).toHaveValue(email)
  await expect(page.getByLabel('A message to')).toHaveValue(message)
}

/** Goes to the payment page of a gift of £25.00, and waits until the browser shows it. */
export async function goToPay(page: Page, who: Typed): Promise<void> {
  await page.goto('/donate')
  await choose(page, 25)
  await fillIn(page, who)
  await press(page, 'Give £25.00 once')
  await expectPaymentPage(page)
}

export async function expectPaymentPage(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/c\/pay\/cs_\w+$/)
  await expect(title(page)).toHaveText('Donate £25.00')
}

/** The session's id, on the payment page. */
export function sessionOf(page: Page): string {
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** The reference that the gift's page names. */
export async function referenceOn(page: Page): Promise<string> {
  const reference = /G-[0-9A-Z]{8}/.exec(await page.getByRole('main').innerText())?.[0]
  if (!reference) throw new Error(`No reference on ${page.url()}`)
  return reference
}

/** Opens a mail in the sandbox's mailbox, of which there is exactly one, and returns its text. */
export async function openMail(page: Page, address: string, subject: RegExp): Promise<Locator> {
  const link = page.getByRole('link', { name: subject })
  await expect(async () => {
    await page.goto(`/sandbox/mail?to=${address}`)
    await expect(link).toHaveCount(1, { timeout: 500 })
  }).toPass()
  await link.click()
  return page.locator('pre')
}
