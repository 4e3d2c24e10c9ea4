import { expect, test, type Page } from '@playwright/test'
import { faultsOnEveryScreen } from './looks.ts'
import { pages, schemes } from './pages.ts'
import { watchWire } from './wire.ts'

/** A reading page in all, style and icon included, as it travels: a few seconds on a slow phone. */
const READING_PAGE_BYTES = 50_000

for (const { path, status = 200, script } of pages) {
  for (const scheme of schemes) {
    test(`everyone can use ${path} on every screen (${scheme})`, async ({ page }) => {
      const said = listen(page)
      await page.emulateMedia({ colorScheme: scheme })
      const answer = await page.goto(path)
      expect(answer?.status()).toBe(status)
      await expect.soft(page.locator('h1')).toHaveCount(1)

      await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)))
      expect.soft(await faultsOnEveryScreen(page, scheme)).toEqual([])

      // A browser notes every answer that is not a success; on an error page that answer is the point.
      const itself = status === 200 ? /^$/ : new RegExp(`status of ${status}`)
      expect.soft(said.filter((message) => !itself.test(message))).toEqual([])
    })
  }

  test(`${path} comes whole from this site${script ? '' : ', without script, and weighs little'}`, async ({
    page,
    baseURL,
  }) => {
    const wire = await watchWire(page)
    await page.goto(path, { waitUntil: 'networkidle' })

    expect.soft(wire.origins()).toEqual([new URL(baseURL ?? '').origin])
    if (script) return
    await expect.soft(page.locator('script')).toHaveCount(0)
    expect.soft(wire.bytes('Script')).toBe(0)
    expect.soft(wire.bytes()).toBeLessThanOrEqual(READING_PAGE_BYTES)
    console.log(`${path}: ${wire.bytes().toLocaleString('en-GB')} bytes in ${wire.requests()} requests`)
  })
}

test('no page is missing from this list, and none is out of reach', async ({ request }) => {
  const found = new Set(['/'])
  for (const path of found) {
    const answer = await request.get(path)
    expect(answer.status(), path).toBe(200)
    // What lies in the mailbox is whatever was sent: each mail is a page like /sandbox/mail/newest.
    if (path.startsWith('/sandbox/mail/')) found.delete(path)
    if (!answer.headers()['content-type']?.startsWith('text/html')) {
      // A feed is no page: nobody looks at it.
      found.delete(path)
      continue
    }
    for (const [, link = ''] of (await answer.text()).matchAll(/<a\b[^>]*?\shref="(\/[^"#?]*)/g))
      found.add(link)
  }
  const listed = pages.filter(({ hidden }) => !hidden).map(({ path }) => path)
  expect([...found].sort()).toEqual(listed.sort())
})

/** Everything the page says to the console, and every fault of its script. */
function listen(page: Page): string[] {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  return said
}
