import { existsSync, readFileSync } from 'node:fs'

/**
 * What came of some tests.
 *
 * @typedef {{ passed: number, failed: number, skipped: { name: string, why: string }[] }} Tally
 */

/**
 * @typedef {object} Suite one of Playwright's report
 * @property {string} title
 * @property {Suite[]} [suites]
 * @property {{ title: string, tests: { status: string, annotations: { type: string, description?: string }[] }[] }[]} [specs]
 */

/** @type {Tally} */
export const nothing = { passed: 0, failed: 0, skipped: [] }

/**
 * A check that is one thing: types, lint.
 *
 * @param {number} code
 * @returns {Tally}
 */
export function tallyOfOne(code) {
  return code === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 }
}

/**
 * @param {string} name
 * @param {string} why
 * @returns {Tally}
 */
export function tallyOfSkipped(name, why) {
  return { ...nothing, skipped: [{ name, why }] }
}

/**
 * What vitest-tally.mjs wrote. A program that failed and reported no failure has failed all the same.
 *
 * @param {string} file
 * @param {number} code the program's exit code
 * @returns {Tally}
 */
export function tallyOfVitest(file, code) {
  return orFailed(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : nothing, code)
}

/**
 * What Playwright's JSON reporter wrote. A test that passed only when tried again counts as failed.
 *
 * @param {string} file
 * @param {number} code the program's exit code
 * @returns {Tally}
 */
export function tallyOfPlaywright(file, code) {
  if (!existsSync(file)) return orFailed(nothing, code)
  /** @type {{ suites: Suite[], errors: unknown[] }} */
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const tally = sum([
    { ...nothing, failed: report.errors.length },
    ...report.suites.map((suite) => tallyOfSuite(suite, '')),
  ])
  return orFailed(tally, code)
}

/**
 * @param {Suite} suite
 * @param {string} above
 * @returns {Tally}
 */
function tallyOfSuite(suite, above) {
  const path = above ? `${above} > ${suite.title}` : suite.title
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map(({ status, annotations }) => {
      if (status === 'expected') return { ...nothing, passed: 1 }
      if (status !== 'skipped') return { ...nothing, failed: 1 }
      const why = annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description
      return tallyOfSkipped(`${path} > ${spec.title}`, why ?? 'no reason given')
    }),
  )
  return sum([...own, ...(suite.suites ?? []).map((inner) => tallyOfSuite(inner, path))])
}

/**
 * @param {Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  }
}

/**
 * The last line that `npm test` prints.
 *
 * @param {Tally} tally
 * @returns {string}
 */
export function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped.length} skipped`
}

/**
 * @param {Tally} tally
 * @param {number} code
 * @returns {Tally}
 */
function orFailed(tally, code) {
  const silent = code !== 0 && tally.failed === 0
  // No test at all is no success either: a wrong path must not look like one.
  const empty = tally.passed + tally.failed + tally.skipped.length === 0
  return silent || empty ? { ...tally, failed: 1 } : tally
}
