import { expect, test as base, type BrowserContext } from '@playwright/test'

/** Says that this test makes a page complain, in words that match `pattern`. The test fails when none does. */
type ExpectConsoleError = (pattern: RegExp) => void

/** Playwright's own, but an error that a page prints, and nobody expected, fails the test. */
export const test = base.extend<{ expectConsoleError: ExpectConsoleError }>({
  expectConsoleError: [
    async ({ context }, use) => {
      const said = listen(context)
      const expected: RegExp[] = []
      await use((pattern) => void expected.push(pattern))
      expect(said.filter((words) => !expected.some((pattern) => pattern.test(words)))).toEqual([])
      expect(expected.filter((pattern) => !said.some((words) => pattern.test(words)))).toEqual([])
    },
    { auto: true },
  ],
})

/** A browser notes each answer that is not a success, where a form is refused too. */
export function statusNote(status: number): RegExp {
  return new RegExp(`the server responded with a status of ${status} `)
}

function listen(context: BrowserContext): string[] {
  const said: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text())
  })
  context.on('weberror', (error) => said.push(String(error.error())))
  return said
}
