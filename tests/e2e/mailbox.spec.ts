import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { pushy, sample } from '../support/sample-mail.ts'

// Somebody who tries the product reads the mail that it sends: with script and without.

/** Opens a mail from the list of those to its receiver, and returns the path of its page. */
async function open(page: Page, { to, subject }: typeof sample): Promise<string> {
  await page.goto(`/sandbox/mail?to=${to[0]}`)
  await page.getByRole('link', { name: subject }).click()
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible()
  return new URL(page.url()).pathname
}

test('Nare finds her mail from any page, and reads it', async ({ page }) => {
  await page.goto('/privacy')
  await page.getByRole('link', { name: 'the sandbox’s mailbox' }).click()
  await page.getByLabel('Find mail to').fill('nare@')
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('link', { name: sample.subject }).click()
  await expect(page.getByTitle(`The mail “${sample.subject}”`)).toBeVisible()
  const mail = page.frameLocator('iframe')
  await expect(mail.getByRole('heading', { name: 'Good morning, Nare' })).toBeVisible()
  await expect(page.locator('pre')).toContainText('Good morning, Nare')
  await expect(page.getByText('List-Unsubscribe=One-Click')).toBeVisible()
  await expect(page.getByRole('link', { name: 'https://charity.example/unsubscribe/TOKEN' })).toBeVisible()
})

test('a mail that wants something gets nothing: its script does not run, and nothing is fetched for it', async ({
  page,
}) => {
  const path = await open(page, pushy)
  const fates: string[] = []
  page.on('requestfailed', (request) => fates.push(`${request.url()}: ${request.failure()?.errorText}`))
  page.on('response', (response) => fates.push(new URL(response.url()).pathname))
  for (const address of [path, `${path}/html`]) {
    await page.goto(address, { waitUntil: 'networkidle' })
    const mail = address === path ? page.frameLocator('iframe') : page
    await expect(mail.locator('#touched')).toHaveText('untouched')
    expect(new URL(page.url()).pathname).toBe(address)
  }
  const elsewhere = fates.filter((fate) => fate.startsWith('https://tracker.example'))
  expect(new Set(elsewhere)).toEqual(new Set(['https://tracker.example/pixel.gif: csp']))
})

test('a link of a mail opens beside it, as a page that works', async ({ page, context }) => {
  const path = await open(page, sample)
  const opened = context.waitForEvent('page')
  await page.frameLocator('iframe').getByRole('link', { name: 'link to a page of this site' }).click()
  await expect((await opened).getByRole('heading', { level: 1 })).toHaveText(/privacy/i)
  expect(new URL(page.url()).pathname).toBe(path)
})

test('an attachment is kept as a file', async ({ page }) => {
  await open(page, sample)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'programme.txt' }).click()
  expect((await download).suggestedFilename()).toBe('programme.txt')
  expect(await readFile(await (await download).path(), 'utf8')).toBe('Ten o’clock: tea.')
})

test('somebody sees what becomes of a mail that bounces', async ({ page }) => {
  await open(page, pushy)
  await page.getByRole('button', { name: 'It bounces' }).click()
  await expect(page.getByRole('status')).toContainText('It bounced.')
  await expect(page.getByRole('definition').filter({ hasText: 'bounced' })).toBeVisible()
})
