import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { clone } from './clone.mjs'
import { createDatabase } from './create-database.mjs'
import { databaseUser, giveTo, requireReachable } from './database-user.mjs'
import { preparePostgresBinaries, removeOtherBinaries } from './postgres-binaries.mjs'
import { pidFile, startServer } from './postmaster.mjs'
import { explained, Problem } from './problem.mjs'
import { socketFolder } from './socket-folder.mjs'

/**
 * @typedef {object} EmbeddedPostgres
 * @property {string} url for any PostgreSQL client: `postgresql://courage@localhost/courage?host=FOLDER`
 * @property {number} pid of the postmaster
 * @property {Promise<string>} ended resolves when the postmaster has ended, with how ("signal SIGKILL", "code 1")
 * @property {(withinMs?: number) => Promise<void>} stop rolls back what is open and ends; after `withinMs` at once,
 *   in which case the next start recovers from the log
 */

/**
 * Starts a real PostgreSQL on a unix socket in `dataDir`, made there when there is none. It listens on no port and has
 * no password: only its own user and root reach the socket. A server that a killed supervisor left behind is stopped
 * first, so the caller must hold the lock of `dataDir` (lock.mjs). Throws a Problem with what to do.
 *
 * @param {{ dataDir: string }} options the folder is made when missing
 * @returns {Promise<EmbeddedPostgres>}
 */
export async function startEmbeddedPostgres(options) {
  const dataDir = folderFor(options.dataDir)
  const user = databaseUser(clone)
  requireReachable(user, dataDir)
  const { folder, bin, major } = preparePostgresBinaries(dataDir)
  /** @type {Places} */
  const places = { dataDir, data: join(dataDir, 'database'), bin, major, user }
  requireSameMajor(places)
  await endLeftover(places)
  removeOtherBinaries(dataDir, folder)
  if (!existsSync(places.data)) createDatabase(places)
  giveDataTo(places)
  return startServer(places, socketFolder(dataDir, user))
}

/**
 * @typedef {object} Places
 * @property {string} dataDir absolute, links resolved
 * @property {string} data PostgreSQL's own data folder
 * @property {string} bin
 * @property {string} major the version of the programs: "18"
 * @property {import('./database-user.mjs').DatabaseUser} user
 */

/** @param {string} wanted */
function folderFor(wanted) {
  try {
    mkdirSync(wanted, { recursive: true })
    return realpathSync(wanted)
  } catch (error) {
    throw explained(error, wanted)
  }
}

/** @param {Places} places */
function requireSameMajor({ data, major }) {
  const file = join(data, 'PG_VERSION')
  if (!existsSync(file)) return
  const found = readFileSync(file, 'utf8').trim()
  if (found === major) return
  throw new Problem(
    `The database in ${data} was made by PostgreSQL ${found}, and this version brings ${major}. ` +
      'Go back to the version of Courage that made it, write a backup (npm run backup -- FILE), and restore it here.',
  )
}

/**
 * A data folder changes hands when the clone does (first started by root, then given to a user, or back).
 *
 * @param {Places} places
 */
function giveDataTo({ data, user }) {
  const owner = statSync(data).uid
  if (user && owner !== user.uid) giveTo(user, data)
  if (!user && owner !== process.getuid?.())
    throw new Problem(
      `The database in ${data} belongs to user number ${owner}. Start as that user, give it to yourself ` +
        `(as root: chown -R ${process.getuid?.()} ${data}), or set DATA_DIR to another folder.`,
    )
}

/**
 * Stops the server that a killed supervisor left running on this data folder. A pid file alone proves nothing: after a
 * reboot its number may be anybody's, so the process must also name the folder in its command line.
 *
 * @param {Places} places
 */
async function endLeftover({ data }) {
  const pid = Number(pidFile(data)[0])
  if (!Number.isInteger(pid) || pid <= 1 || !commandLine(pid).includes(data)) return
  for (const { signal, ms } of [
    { signal: 'SIGINT', ms: 15_000 },
    { signal: 'SIGQUIT', ms: 5_000 },
  ]) {
    process.kill(pid, signal)
    for (const until = Date.now() + ms; Date.now() < until; await delay(50))
      if (!commandLine(pid).includes(data)) return
  }
  throw new Problem(
    `A database is still running on ${data} as process ${pid} and does not end. End it: kill -9 ${pid}`,
  )
}

/** @param {number} pid */
function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    if (existsSync('/proc/self/cmdline')) return ''
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  }
}
