import 'vitest'

type Verdict = { pass: boolean; message: () => string }

/** What a test of an HTTP promise says about an answer. */
export const matchers = {
  toHaveRedirect(answer: Response, location: string): Verdict {
    const actual = answer.headers.get('location')
    const redirects = answer.status >= 300 && answer.status < 400
    return {
      pass: redirects && actual === location,
      message: () =>
        `expected a redirect to ${location}, and the answer was ${answer.status} with location ${actual}`,
    }
  },

  toHaveHeader(answer: Response, name: string, value?: string | RegExp): Verdict {
    const actual = answer.headers.get(name)
    const pass =
      actual !== null &&
      (value === undefined || (typeof value === 'string' ? actual === value : value.test(actual)))
    return {
      pass,
      message: () =>
        `expected the header ${name}${value === undefined ? '' : `: ${String(value)}`}, and it was ${actual ?? 'not there'}`,
    }
  },
}

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- vitest declares it so, and declarations must agree
  interface Matchers<T = any> {
    /** A 3xx answer that leads to exactly this address. */
    toHaveRedirect: (location: string) => T
    /** The header is there; with a value, it is exactly that or matches it. */
    toHaveHeader: (name: string, value?: string | RegExp) => T
  }
}
