import { expect, test, type Page } from '@playwright/test'
import { fromOwnNetwork, send, somebody, subscribe } from './subscriber.ts'

// From the first yes to the last no, with script and without: it must be the same way.

test.beforeEach(fromOwnNetwork)

const title = (page: Page) => page.getByRole('heading', { level: 1 })

test('Ani asks for updates from the front page, confirms in her mailbox, and presses the link twice', async ({
  page,
}) => {
  const ani = somebody('ani')
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Updates' }).click()
  await page.getByLabel('Your email address').fill(ani.address)
  await expect(page.getByText('By pressing “Get updates” you agree')).toBeVisible()
  await page.getByRole('button', { name: 'Get updates' }).click()
  await expect(title(page)).toHaveText('Check your email')

  const confirm = await ani.link('/updates/confirm/', 1)
  await page.goto(confirm)
  await expect(title(page)).toHaveText(/^Do you want updates from/)
  await expect(page.getByText('a…@example.org')).toBeVisible()
  await expect(page.getByText('By pressing “Get updates” you agree')).toBeVisible()
  await page.getByRole('button', { name: 'Yes, send me updates' }).click()
  await expect(title(page)).toHaveText('You get updates')

  await page.goto(confirm)
  await expect(title(page)).toHaveText('You have confirmed already')
})

test('Bea mistypes her address, is told where and why, and need not type it again', async ({ page }) => {
  await send(page, '/updates', 'bea at example.org', 'Get updates')
  const problems = page.locator('[data-error-summary]')
  await expect(problems).toBeFocused()
  await expect(page).toHaveTitle(/^Error: Updates/)
  await problems.getByRole('link', { name: /correct format/ }).click()
  await expect(page.getByLabel('Your email address')).toBeFocused()
  await expect(page.getByLabel('Your email address')).toHaveValue('bea at example.org')
  await page.getByLabel('Your email address').fill(somebody('bea').address)
  await page.getByRole('button', { name: 'Get updates' }).click()
  await expect(title(page)).toHaveText('Check your email')
})

test('Cem asks for his private link, sees what he agreed to, and stops', async ({ page }) => {
  const cem = somebody('cem')
  await subscribe(page, cem)
  await send(page, '/me', cem.address, 'Send me a link')
  await expect(page).toHaveURL('/me/check')
  await page.goto(await cem.link('/me/', 2))
  await expect(title(page)).toHaveText('Your updates')
  await expect(page.getByText('You have had them since')).toBeVisible()
  await expect(page.getByText('By pressing “Get updates” you agree')).toBeVisible()
  await page.getByRole('button', { name: 'Stop updates' }).click()
  await expect(page.getByRole('status')).toContainText('Updates are stopped')
  await expect(page.getByText('You get none: they were stopped on')).toBeVisible()
  await expect(page.getByText('You took it back on')).toBeVisible()
})

test('Davit stops by the link in a message, sees that it was a mistake, and confirms anew', async ({
  page,
}) => {
  const davit = somebody('davit')
  await subscribe(page, davit)
  await send(page, '/updates', davit.address, 'Get updates')
  await page.goto(await davit.link('/unsubscribe/', 2))
  await page.getByRole('button', { name: 'Stop updates' }).click()
  await expect(title(page)).toHaveText('Updates are stopped')
  await page.getByRole('button', { name: 'Get updates' }).click()
  await expect(title(page)).toHaveText('Check your email')
  await page.goto(await davit.link('/updates/confirm/', 3))
  await page.getByRole('button', { name: 'Yes, send me updates' }).click()
  await expect(title(page)).toHaveText('You get updates')
})

test('Eva, who uses the keyboard alone, comes from the address straight to the button', async ({ page }) => {
  const eva = somebody('eva')
  await page.goto('/updates')
  await page.getByLabel('Your email address').focus()
  await page.keyboard.type(eva.address)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Get updates' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveText('Check your email')
})
