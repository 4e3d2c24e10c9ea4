import { Problem } from './problem.mjs'

/**
 * What to tell somebody whose system will not run PostgreSQL's programs.
 *
 * @param {Error} error
 * @param {string} program
 */
export function cannotRun(error, program) {
  return new Problem(
    `${program} does not run on this system (${error.message}): a disk mounted noexec, or a system without the GNU C ` +
      'library, would be why. Set DATA_DIR to another disk, or DATABASE_URL to a PostgreSQL server, 15 or newer.',
  )
}

/**
 * PostgreSQL gets none of our settings: no secret of ours belongs in its environment.
 *
 * @returns {NodeJS.ProcessEnv}
 */
export function plainEnvironment() {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' }
}
