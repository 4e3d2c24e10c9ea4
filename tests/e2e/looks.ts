import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { widths, type Scheme } from './pages.ts'

const accessibilityRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** How many pixels of the page lie beyond the edge of the screen. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** One sentence per fault, with the elements that have it. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // What is framed runs no script, axe's neither: tests/e2e/mailbox.spec.ts asks for its name.
  const { violations } = await new AxeBuilder({ page })
    .exclude('iframe')
    .withTags(accessibilityRules)
    .analyze()
  return violations.map(
    ({ id, help, nodes }) => `${help} (${id}): ${nodes.map(({ target }) => target.join(' ')).join('; ')}`,
  )
}

/**
 * Where a page is measured: on the narrowest and the widest screen, between which nothing is laid out otherwise than on
 * one of them. In the dark the same page has other colours, which are the same on every screen.
 */
const measured: Record<Scheme, readonly number[]> = { light: [320, 1440], dark: [320] }

/** One sentence for each fault of a page on any screen, and for each pixel beyond the edge of one. */
export async function faultsOnEveryScreen(page: Page, scheme: Scheme): Promise<string[]> {
  const faults: string[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    const beyond = await overflow(page)
    if (beyond > 0) faults.push(`${beyond} pixels lie beyond the edge at ${width}`)
    const found = measured[scheme].includes(width) ? await accessibilityFaults(page) : []
    faults.push(...found.map((fault) => `at ${width}: ${fault}`))
  }
  return faults
}
