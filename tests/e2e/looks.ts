import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

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
