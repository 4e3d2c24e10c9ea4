import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeOf, explained, Problem } from './problem.mjs'

// A unix socket's whole path must fit in 108 bytes on Linux and 104 on macOS.
const LONGEST_PATH = 100

/**
 * The folder for the database's socket, which nobody but the database's user (and root) may enter: that mode is the
 * only lock on a database without passwords. In `dataDir`, or, when the path would be longer than a socket's may be,
 * in the system's folder for temporary files.
 *
 * @param {string} dataDir absolute, links resolved
 * @param {import('./database-user.mjs').DatabaseUser} user
 * @returns {string}
 */
export function socketFolder(dataDir, user) {
  const near = join(dataDir, 'socket')
  const folder = fits(near) ? near : awayFrom(dataDir)
  try {
    mkdirSync(folder, { mode: 0o700 })
    chmodSync(folder, 0o700)
    if (user) chownSync(folder, user.uid, user.gid)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw explained(error, folder)
  }
  requirePrivate(folder, user?.uid ?? process.getuid?.() ?? 0)
  return folder
}

/** @param {string} folder */
function fits(folder) {
  return Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= LONGEST_PATH
}

/** @param {string} dataDir */
function awayFrom(dataDir) {
  const name = `courage-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`
  const folder = join(tmpdir(), name)
  return fits(folder) ? folder : join('/tmp', name)
}

/**
 * Anyone may have made a folder of that name among the temporary files, or a link.
 *
 * @param {string} folder
 * @param {number} owner
 */
function requirePrivate(folder, owner) {
  const found = lstatSync(folder)
  if (found.isDirectory() && found.uid === owner && (found.mode & 0o777) === 0o700) return
  throw new Problem(
    `${folder} should be a folder that only user number ${owner} may enter (mode 0700), and is not. ` +
      'Nothing of value is in it: remove it and start again.',
  )
}
