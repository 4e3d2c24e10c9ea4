import { expect, type Locator, type Page } from '@playwright/test'

/** Shows every part of app/ui; what needs a browser to be seen is tried on it. */
export const gallery = '/sandbox/components'

/** Leaves the page with every field of the gallery's form refused. */
export async function sendTheEmptyForm(page: Page): Promise<void> {
  await page.goto(gallery)
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible()
}

export const summary = (page: Page) => page.locator('[data-error-summary]')

/** All of it is on the screen, not only an edge. */
export const inView = (part: Locator) => expect(part).toBeInViewport({ ratio: 1 })
