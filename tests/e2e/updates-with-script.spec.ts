import { expect, test, type Page } from '@playwright/test'
import { faultsOnEveryScreen } from './looks.ts'
import { schemes, type Scheme } from './pages.ts'
import { fromOwnNetwork, send, somebody, subscribe } from './subscriber.ts'

// Pages behind private links are in no list: each is looked at on the way. Measuring takes script.

test.beforeEach(fromOwnNetwork)

async function look(page: Page, scheme: Scheme): Promise<void> {
  expect.soft(await faultsOnEveryScreen(page, scheme), page.url()).toEqual([])
  await expect.soft(page.locator('script')).toHaveCount(0)
}

for (const scheme of schemes) {
  test(`everyone can use the pages behind private links on every screen (${scheme})`, async ({ page }) => {
    test.slow()
    await page.emulateMedia({ colorScheme: scheme })
    const who = somebody('flora')
    await send(page, '/updates', 'flora', 'Get updates')
    await look(page, scheme)
    await send(page, '/updates', who.address, 'Get updates')
    const confirm = await who.link('/updates/confirm/', 1)
    await page.goto(confirm)
    await look(page, scheme)
    await page.getByRole('button', { name: 'Yes, send me updates' }).click()
    await look(page, scheme)
    await page.goto(confirm)
    await look(page, scheme)

    await send(page, '/updates', who.address, 'Get updates')
    const [me, unsubscribe] = [await who.link('/me/', 2), await who.link('/unsubscribe/', 2)]
    await page.goto(me)
    await look(page, scheme)
    await page.goto(unsubscribe)
    await look(page, scheme)
    await page.getByRole('button', { name: 'Stop updates' }).click()
    await look(page, scheme)
    await page.goto(me)
    await look(page, scheme)
    await page.getByRole('button', { name: 'Get updates' }).click()
    await look(page, scheme)
    await page.goto(await who.link('/updates/confirm/', 3))
    await page.goto(me)
    await look(page, scheme)
  })
}

test('somebody who is in stays in, however often their browser looks', async ({ page }) => {
  const who = somebody('gayane')
  await subscribe(page, who)
  await send(page, '/updates', who.address, 'Get updates')
  for (const link of [await who.link('/unsubscribe/', 2), await who.link('/me/', 2)]) {
    await page.goto(link, { waitUntil: 'networkidle' })
    await page.reload({ waitUntil: 'networkidle' })
  }
  await page.goto(await who.link('/me/', 2))
  await expect(page.getByText('You have had them since')).toBeVisible()
})
