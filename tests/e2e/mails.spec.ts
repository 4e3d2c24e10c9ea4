import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { projectRoot, withSettings } from '../support/settings.ts'
import { schemes } from './pages.ts'
import { watchWire } from './wire.ts'

const mails = readdirSync(path.join(projectRoot, 'emails'))
  .filter((file) => file.endsWith('.tsx') && !file.includes('.test.'))
  .map((file) => file.replace(/\.tsx$/, ''))

let preview: ChildProcess
let url: string

test.beforeAll(async () => {
  preview = spawn(process.execPath, ['--import', 'tsx', 'tests/emails/preview.ts'], {
    cwd: projectRoot,
    env: withSettings({ PORT: '0' }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!preview.stdout) throw new Error('The preview has no output to read its address from')
  const [line] = (await once(createInterface(preview.stdout), 'line')) as [string]
  url = /http:\S+/.exec(line)?.[0] ?? ''
})

test.afterAll(async () => {
  preview.kill('SIGTERM')
  await once(preview, 'exit')
})

for (const mail of mails) {
  for (const scheme of schemes) {
    test(`everyone can read ${mail} on a telephone and at a desk (${scheme})`, async ({ page }) => {
      const wire = await watchWire(page)
      await page.emulateMedia({ colorScheme: scheme })
      await page.goto(`${url}/${mail}.html`, { waitUntil: 'networkidle' })
      await expect.soft(page.locator('h1')).toHaveCount(1)
      for (const width of [320, 600]) {
        await page.setViewportSize({ width, height: 900 })
        const beyond = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect.soft(beyond, `pixels beyond an edge at ${width}`).toBe(0)
        // The mail program has the landmarks of its own page, and shows the mail inside them.
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .disableRules(['region', 'landmark-one-main'])
          .analyze()
        expect.soft(violations.map(({ id, help, nodes }) => `${help} (${id}): ${nodes.length}`)).toEqual([])
      }
      expect.soft(wire.requests(), 'requests for more than the mail').toBe(1)
    })
  }
}

test('a name without end, typed by a donor, pushes nothing off a telephone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 900 })
  await page.goto(`${url}/gift-receipt.html`)
  const beyond = await page.evaluate(() => {
    for (const place of document.querySelectorAll('h1, td.ink')) place.textContent = 'Ani'.repeat(60)
    return document.documentElement.scrollWidth - document.documentElement.clientWidth
  })
  expect(beyond).toBe(0)
})

test('whoever works on a mail sees it beside its text, narrow and in the dark', async ({ page }) => {
  await page.goto(url)
  await page.getByRole('link', { name: 'confirm-subscription' }).click()
  await page.getByRole('link', { name: '320 pixels' }).click()
  await page.getByRole('link', { name: 'dark' }).click()

  await expect(page.locator('pre')).toContainText('Do you want updates from Example Charity?')
  const frame = page.locator('iframe')
  await expect(frame).toHaveAttribute('width', '320')
  const body = frame.contentFrame().locator('body')
  await expect(body).toContainText('Do you want updates from Example Charity?')
  await expect(body).toHaveCSS('background-color', 'rgb(24, 20, 17)')
})
