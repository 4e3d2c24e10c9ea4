import path from 'node:path'
import { test, type Page } from '@playwright/test'
import { projectRoot } from '../support/settings.ts'
import { statusNote } from './console.ts'
import { everyGiving, refusals } from './every-giving.ts'
import { test as testInOwnHouse } from './own-house.ts'
import { pages, schemes, widths } from './pages.ts'

for (const scheme of schemes) {
  for (const { path: address } of pages) {
    test(`${address}, ${scheme}`, async ({ page }) => {
      await page.goto(address)
      await draw(page, address.slice(1) || 'front', scheme)
    })
  }

  testInOwnHouse(
    `every page of a gift, whatever becomes of it, ${scheme}`,
    async ({ page, all, expectConsoleError }) => {
      testInOwnHouse.setTimeout(300_000)
      for (const status of refusals) expectConsoleError(statusNote(status))
      await everyGiving(page, all.desk, (name) => draw(page, `giving-${name}`, scheme))
    },
  )
}

async function draw(page: Page, name: string, scheme: (typeof schemes)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: fileFor(name, width, scheme), fullPage: true })
  }
}

/** `/report/findings/impunity` becomes `screenshots/report-findings-impunity.320.light.png`. */
function fileFor(name: string, width: number, scheme: string): string {
  return path.join(projectRoot, 'screenshots', `${name.replace(/[^\w-]+/g, '-')}.${width}.${scheme}.png`)
}
