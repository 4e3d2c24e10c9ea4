import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { gallery, inView, sendTheEmptyForm, summary } from './gallery.ts'

// What only script does, and what only script can measure.

test('a refused form does not load the page anew', async ({ page }) => {
  await page.goto(gallery, { waitUntil: 'networkidle' })
  const form = await page.locator('form').elementHandle()
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(summary(page)).toBeFocused()
  expect(await form?.evaluate((element) => element.isConnected)).toBe(true)
})

test('a problem brings its question into view, however long it is, and leaves the address alone', async ({
  page,
}) => {
  await page.goto(gallery, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('link', { name: 'Choose at least one subject.' }).click()
  await expect(page.getByRole('checkbox', { name: 'The report' })).toBeFocused()
  await inView(page.getByText('What is it about?'))
  expect(new URL(page.url()).hash).toBe('')
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

    test('the words under the focus are read: black on yellow', async ({ page }) => {
      await page.goto(gallery)
      await page.keyboard.press('Tab')
      for (const link of await page.getByRole('banner').getByRole('link').all()) {
        await page.keyboard.press('Tab')
        await expect(link).toBeFocused()
        await expect(link).toHaveCSS('color', 'rgb(20, 17, 15)')
        await expect(link).toHaveCSS('background-color', 'rgb(255, 212, 59)')
      }
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

test('nothing moves by itself, so whoever is made ill by movement has nothing to switch off', async ({
  page,
}) => {
  await sendTheEmptyForm(page)
  await expect(page.locator('html')).toHaveCSS('scroll-behavior', 'auto')
  const moving = page.locator('*').filter({ visible: true })
  const durations = await moving.evaluateAll((parts) =>
    parts.flatMap((part) => {
      const { transitionDuration, animationName } = getComputedStyle(part)
      return [transitionDuration, animationName]
    }),
  )
  expect(new Set(durations)).toEqual(new Set(['0s', 'none']))
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
