import { expect } from '@playwright/test'
import { statusNote } from './console.ts'
import { everyGiving, refusals } from './every-giving.ts'
import { faultsOnEveryScreen } from './looks.ts'
import { test } from './own-house.ts'
import { schemes } from './pages.ts'

// Pages behind a gift's token are in no list: each is looked at on the way. Measuring takes script.

for (const scheme of schemes) {
  test(`everyone can use every page of a gift, whatever becomes of it, on every screen (${scheme})`, async ({
    page,
    all,
    expectConsoleError,
  }) => {
    test.setTimeout(300_000)
    for (const status of refusals) expectConsoleError(statusNote(status))
    await page.emulateMedia({ colorScheme: scheme })
    await everyGiving(page, all.desk, async (name) => {
      expect.soft(await faultsOnEveryScreen(page, scheme), name).toEqual([])
      await expect.soft(page.locator('h1'), name).toHaveCount(1)
      await expect.soft(page.locator('script'), name).toHaveCount(0)
    })
  })
}
