import { inspect } from 'node:util'

const heard: string[] = []
const expected: RegExp[] = []

/** From here on, what is said through console.error and console.warn is kept for `complaints`, and not printed. */
export function listenToConsole(): void {
  for (const method of ['error', 'warn'] as const) {
    console[method] = (...words: unknown[]) => {
      heard.push(
        `console.${method}: ${words.map((word) => (typeof word === 'string' ? word : inspect(word))).join(' ')}`,
      )
    }
  }
}

/** Says that this test makes the product complain, in words that match `pattern`. The test fails when it does not. */
export function expectConsoleError(pattern: RegExp): void {
  expected.push(pattern)
}

/** What was said though nobody expected it, and what was expected and not said. Begins anew for the next test. */
export function complaints(): string[] {
  const said = heard.splice(0)
  const patterns = expected.splice(0)
  return [
    ...said.filter((line) => !patterns.some((pattern) => pattern.test(line))),
    ...patterns
      .filter((pattern) => !said.some((line) => pattern.test(line)))
      .map((pattern) => `Nothing was said that matches ${String(pattern)}`),
  ]
}
