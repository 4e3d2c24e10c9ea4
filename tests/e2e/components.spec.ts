import { expect, test } from '@playwright/test'
import { gallery, inView, sendTheEmptyForm, summary } from './gallery.ts'

// What the parts of app/ui promise, with script and without: these run both ways.

test('Nare sends an incomplete form, and the list of problems takes the focus', async ({ page }) => {
  await sendTheEmptyForm(page)
  await expect(summary(page)).toBeFocused()
  await inView(page.getByRole('heading', { name: 'There is a problem' }))
  await expect(page).toHaveTitle('Error: Components')
})

test('a problem leads Nare to its field, with the question in view', async ({ page }) => {
  await sendTheEmptyForm(page)
  await page.getByRole('link', { name: 'Enter your message.' }).click()
  await expect(page.getByRole('textbox', { name: 'Your message' })).toBeFocused()
  await inView(page.getByText('Your message', { exact: true }))
})

test('a problem with a choice leads to its first answer, with the question in view', async ({ page }) => {
  await sendTheEmptyForm(page)
  await page.getByRole('link', { name: 'Choose how we may answer you.' }).click()
  await expect(page.getByRole('radio', { name: 'By email' })).toBeFocused()
  await inView(page.getByText('How may we answer you?'))
})

test('what Tigran entered is still there when his form comes back', async ({ page }) => {
  await page.goto(gallery)
  await page.getByLabel('Your name').fill('Tigran')
  await page.getByLabel('Country').selectOption('Ireland')
  await page.getByLabel('By post').check()
  await page.getByLabel('The partners').check()
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(summary(page)).toBeVisible()
  await expect(page.getByLabel('Your name')).toHaveValue('Tigran')
  await expect(page.getByLabel('Country')).toHaveValue('IE')
  await expect(page.getByLabel('By post')).toBeChecked()
  await expect(page.getByLabel('The partners')).toBeChecked()
  await expect(page.getByLabel('The report')).not.toBeChecked()
})

test('Tigran puts it right, and is told that it worked', async ({ page }) => {
  await sendTheEmptyForm(page)
  await page.getByLabel('Your name').fill('Tigran')
  await page.getByLabel('Country').selectOption('Ireland')
  await page.getByRole('textbox', { name: 'Your message' }).fill('Good day.')
  await page.getByLabel('By post').check()
  await page.getByLabel('The partners').check()
  await page.getByLabel('I agree').check()
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByRole('status')).toContainText('Your answers were read')
  await expect(summary(page)).toHaveCount(0)
  await expect(page).toHaveTitle('Components')
})

test('something hard to read stays folded until a reader asks for it', async ({ page }) => {
  await page.goto(gallery)
  const folded = page.getByText('What was folded is set like everything else.')
  await expect(page.getByText('This part describes violence.')).toBeVisible()
  await expect(folded).toBeHidden()
  await page.getByText('Show what was reported').click()
  await expect(folded).toBeVisible()
})

test('Nare skips the header with her first key', async ({ page }) => {
  await page.goto(gallery)
  await page.keyboard.press('Tab')
  await inView(page.getByRole('link', { name: 'Skip to main content' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})
