import { randomInt } from 'node:crypto'
import { expect, type BrowserContext, type Page } from '@playwright/test'
import { linkIn, mailTo } from '../support/mailbox.ts'
import { controlAt } from '../support/stand-in.ts'

/** Somebody with a mailbox, which the post office keeps. Each has an address of their own. */
export function somebody(name: string) {
  const address = `${name}.${randomInt(2 ** 40)}@example.org`
  const post = { control: controlAt(process.env['POST_OFFICE_URL'] ?? '') }
  return {
    address,
    /** The link of the newest of so many messages that leads to a page whose path begins so. */
    link: async (beginning: string, messages: number) =>
      linkIn((await mailTo(post, address, messages))[messages - 1], beginning),
  }
}

/** Each test visits from a network of its own: how often one may ask for mail is counted. */
export async function fromOwnNetwork({ context }: { context: BrowserContext }): Promise<void> {
  const network = ['10', randomInt(256), randomInt(256), randomInt(256)].join('.')
  await context.setExtraHTTPHeaders({ 'x-forwarded-for': network })
}

/** Types an address into a form and presses its button. */
export async function send(page: Page, path: string, address: string, button: string): Promise<void> {
  await page.goto(path)
  await page.getByLabel('Your email address').fill(address)
  await page.getByRole('button', { name: button }).click()
}

/** Gets somebody all the way in. */
export async function subscribe(page: Page, who: ReturnType<typeof somebody>): Promise<void> {
  await send(page, '/updates', who.address, 'Get updates')
  await expect(page).toHaveURL('/updates/check')
  await page.goto(await who.link('/updates/confirm/', 1))
  await page.getByRole('button', { name: 'Yes, send me updates' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You get updates')
}
