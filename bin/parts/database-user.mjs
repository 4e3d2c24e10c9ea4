import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, lchownSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './problem.mjs'

/**
 * Who PostgreSQL runs as. It refuses root, so root lends it an account without powers; undefined means that everything
 * runs as the person who started it.
 *
 * @typedef {{ uid: number, gid: number } | undefined} DatabaseUser
 */

/**
 * The account for the database: nobody else's business when an ordinary user starts us; as root the owner of the clone,
 * or `nobody` when that is root too.
 *
 * @param {string} clone the folder of the source
 * @returns {DatabaseUser}
 */
export function databaseUser(clone) {
  if (process.getuid?.() !== 0) return undefined
  const { uid, gid } = statSync(clone)
  // initdb looks its own name up, and gives up on an account that has none (usual in containers).
  if (uid !== 0 && spawnSync('id', ['-un', String(uid)]).status === 0) return { uid, gid }
  return { uid: numberOfNobody('-u'), gid: numberOfNobody('-g') }
}

/** @param {'-u' | '-g'} which */
function numberOfNobody(which) {
  try {
    return Number(
      execFileSync('id', [which, 'nobody'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )
  } catch {
    return 65534
  }
}

/**
 * Throws a Problem when the database's user cannot reach `folder`: any folder above it may be closed to others.
 *
 * @param {DatabaseUser} user
 * @param {string} folder
 */
export function requireReachable(user, folder) {
  if (!user) return
  // Asked of the system rather than computed from modes: access lists and mounts have a say too.
  const { status } = spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], {
    ...user,
    cwd: '/',
    stdio: 'ignore',
  })
  if (status === 0) return
  throw new Problem(
    `PostgreSQL does not run as root, and the user it runs as instead (number ${user.uid}) cannot reach ${folder}: ` +
      'move the clone to a folder that others may enter, or set DATA_DIR to one, e.g. DATA_DIR=/var/lib/courage.',
  )
}

/**
 * Gives a folder and all that is in it to the database's user. Symbolic links are given, never followed.
 *
 * @param {DatabaseUser} user
 * @param {string} folder
 */
export function giveTo(user, folder) {
  if (!user) return
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) giveTo(user, path)
    else lchownSync(path, user.uid, user.gid)
  }
  chownSync(folder, user.uid, user.gid)
}
