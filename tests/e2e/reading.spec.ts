import { expect, test } from '@playwright/test'

// A reader's way through the site, with script and without: it must be the same way.

test('Ani finds her way from the front page to a finding, to the next one, and to a partner', async ({
  page,
}) => {
  await page.goto('/')
  await page.getByRole('main').getByRole('link', { name: 'Humanitarian aid' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Humanitarian aid')
  await expect(page.getByText('100,000').first()).toBeVisible()

  await page
    .getByRole('navigation', { name: 'Findings' })
    .getByRole('listitem')
    .nth(1)
    .getByRole('link')
    .click()
  await expect(page).toHaveURL('/report/findings/self-determination')

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Partners' }).click()
  await page
    .getByRole('main')
    .getByRole('link', { name: /Lady Cox/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Lady Cox Rehabilitation Centre')
})

test('Levon follows a claim to the place where it can be checked', async ({ page }) => {
  await page.goto('/report/findings/genocidal-policies')
  const source = page.getByRole('main').getByRole('link', { name: /HART/ }).first()
  await expect(source).toHaveAttribute('href', /^https:\/\//)
})

test('Mariam reads what is hard to read only when she asks for it', async ({ page }) => {
  await page.goto('/report/findings/maltreatment-of-prisoners')
  const hard = page.getByText(/beheading/i).first()
  await expect(hard).toBeHidden()
  await page.getByText('Show what was reported').first().click()
  await expect(hard).toBeVisible()
})

test('Anahit mistypes an address, and is led back by the page that says so', async ({ page }) => {
  const answer = await page.goto('/report/findings/no-such-finding')
  expect(answer?.status()).toBe(404)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Findings' }).click()
  await expect(page).toHaveURL('/report')
})
