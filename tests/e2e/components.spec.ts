import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Locator, type Page } from '@playwright/test'

// The gallery shows every part of app/ui; what needs a browser to be seen is tried on it.
const gallery = '/sandbox/components'

async function sendTheEmptyForm(page: Page) {
  await page.goto(gallery)
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible()
}

const summary = (page: Page) => page.locator('[data-error-summary]')

/** All of it is on the screen, not only an edge. */
const inView = (part: Locator) => expect(part).toBeInViewport({ ratio: 1 })

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled })

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
  })
}

test('where script runs, a refused form does not load the page anew', async ({ page }) => {
  await page.goto(gallery, { waitUntil: 'networkidle' })
  const form = await page.locator('form').elementHandle()
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(summary(page)).toBeFocused()
  expect(await form?.evaluate((element) => element.isConnected)).toBe(true)
})

test('Nare sends twice, and the list of problems takes the focus twice', async ({ page }) => {
  await sendTheEmptyForm(page)
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(summary(page)).toBeFocused()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme })

    test('no part breaks a rule of accessibility that a machine can check', async ({ page }) => {
      await sendTheEmptyForm(page)
      await page.getByText('Show what was reported').click()
      const { violations } = await new AxeBuilder({ page })
        .options({ rules: { 'target-size': { enabled: true } } })
        .analyze()
      expect(violations).toEqual([])
    })

    test('whoever uses a keyboard sees where they are: yellow beside black', async ({ page }) => {
      await page.goto(gallery)
      const send = page.getByRole('button', { name: 'Send' })
      await page.getByLabel('I agree').focus()
      await page.keyboard.press('Tab')
      await expect(send).toBeFocused()
      await expect(send).toHaveCSS('outline', 'rgb(255, 212, 59) solid 3px')
      await expect(send).toHaveCSS('box-shadow', 'rgb(20, 17, 15) 0px 0px 0px 6px')
    })
  })
}

test('whoever chose their own colours sees where they are', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto(gallery)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to main content' })).toHaveCSS('outline-style', 'solid')
})

test('whoever asked for less movement is not scrolled along', async ({ page }) => {
  const html = page.locator('html')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await sendTheEmptyForm(page)
  await expect(html).toHaveCSS('scroll-behavior', 'auto')
})

test('on the smallest phone, or at 400%, nothing has to be moved sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await sendTheEmptyForm(page)
  await page.getByText('Show what was reported').click()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
})

test('no part carries a style of its own, and none asks another site for anything', async ({
  page,
  baseURL,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).origin))
  await sendTheEmptyForm(page)
  expect(new Set(asked)).toEqual(new Set([baseURL && new URL(baseURL).origin]))
  await expect(page.locator('[style], style')).toHaveCount(0)
})
