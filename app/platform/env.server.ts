import { readEnvironment } from './environment.ts'
import { remember } from './remember.server.ts'

/**
 * The installation's settings, read once and frozen. This is the only file of the app that reads `process.env`.
 * A wrong or half configuration ends the process with the full list of what is wrong.
 */
export const env = remember('env', () => {
  const result = readEnvironment(process.env)
  switch (result.outcome) {
    case 'read':
      return result.environment
    case 'wrong':
      process.stderr.write(
        `The configuration is not complete:\n${result.problems.map((p) => `  - ${p}\n`).join('')}`,
      )
      // 78 is EX_CONFIG of sysexits.h: a restart will not help.
      return process.exit(78)
  }
})
