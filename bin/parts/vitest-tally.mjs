import { writeFileSync } from 'node:fs'

/**
 * A vitest reporter that writes a tally (tally.mjs) into the file that TALLY_FILE names. vitest's own JSON leaves out
 * why a test was skipped.
 */
export default class VitestTally {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    // A file that could not be read, or an error outside of every test, is a failure without a test's name.
    let failed = unhandledErrors.length
    let passed = 0
    /** @type {import('./tally.mjs').Tally['skipped']} */
    const skipped = []
    for (const module of modules) {
      failed += module.errors().length
      for (const suite of module.children.allSuites()) failed += suite.errors().length
      for (const test of module.children.allTests()) {
        const result = test.result()
        if (result.state === 'passed') passed += 1
        else if (result.state === 'failed') failed += 1
        else
          skipped.push({ name: test.fullName, why: ('note' in result && result.note) || 'no reason given' })
      }
    }
    if (process.env.TALLY_FILE)
      writeFileSync(process.env.TALLY_FILE, JSON.stringify({ passed, failed, skipped }))
  }
}
