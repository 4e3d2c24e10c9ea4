import path from 'node:path'
import { test } from '@playwright/test'
import { projectRoot } from '../support/settings.ts'
import { pages, schemes, widths } from './pages.ts'

for (const { path: address } of pages) {
  for (const scheme of schemes) {
    test(`${address}, ${scheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.goto(address)
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 })
        await page.screenshot({ path: fileFor(address, width, scheme), fullPage: true })
      }
    })
  }
}

/** `/report/findings/impunity` becomes `screenshots/report-findings-impunity.320.light.png`. */
function fileFor(address: string, width: number, scheme: string): string {
  const name = address.slice(1).replace(/[^\w-]+/g, '-') || 'front'
  return path.join(projectRoot, 'screenshots', `${name}.${width}.${scheme}.png`)
}
