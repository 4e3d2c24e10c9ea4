import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { clone } from './clone.mjs'
import { databaseUser, giveTo, requireReachable } from './database-user.mjs'
import { preparePostgresBinaries, removeOtherBinaries } from './postgres-binaries.mjs'
import { explained, fullDisk, Problem, speaksOfFullDisk } from './problem.mjs'
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
 * @typedef {object} Places
 * @property {string} dataDir absolute, links resolved
 * @property {string} data PostgreSQL's own data folder
 * @property {string} bin
 * @property {string} major the version of the programs: "18"
 * @property {import('./database-user.mjs').DatabaseUser} user
 */

const LOG_WORTH_KEEPING = 5_000_000

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
 * Makes the data folder under another name and renames it: one that was cut off half-way is never taken for a database.
 *
 * @param {Places} places
 */
function createDatabase(places) {
  const { dataDir, data, bin, user } = places
  for (const name of readdirSync(dataDir))
    if (name.startsWith('database.new-')) rmSync(join(dataDir, name), { recursive: true, force: true })
  const unfinished = `${data}.new-${process.pid}`
  try {
    mkdirSync(unfinished, { mode: 0o700 })
    giveTo(user, unfinished)
    run(places, join(bin, 'initdb'), [
      `--pgdata=${unfinished}`,
      '--username=courage',
      '--auth-local=trust',
      '--auth-host=reject',
      '--data-checksums',
      '--encoding=UTF8',
      // The same order of letters on every system, whatever its C library.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ])
    // No client is needed for this one statement: the server can take it from its input.
    run(
      places,
      join(bin, 'postgres'),
      ['--single', '-D', unfinished, 'postgres'],
      'CREATE DATABASE courage;\n',
    )
    renameSync(unfinished, data)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw explained(error, dataDir)
  }
}

/**
 * @param {Places} places
 * @param {string} program
 * @param {string[]} args
 * @param {string} [input]
 */
function run({ dataDir, user }, program, args, input) {
  const ended = spawnSync(program, args, {
    ...user,
    cwd: dataDir,
    env: plainEnvironment(),
    input,
    encoding: 'utf8',
  })
  if (ended.error) throw cannotRun(ended.error, program)
  // In single-user mode a failed statement is words on stderr and exit code 0.
  if (ended.status === 0 && !/^.*(ERROR|FATAL|PANIC):/m.test(ended.stderr)) return
  if (speaksOfFullDisk(ended.stderr)) throw new Problem(fullDisk(dataDir))
  if (ended.stderr.includes('could not look up effective user ID'))
    throw new Problem(
      `PostgreSQL needs its user to have a name, and user number ${process.getuid?.()} has none on this system. ` +
        'Add one (useradd), start as another user, or set DATABASE_URL to a PostgreSQL server, 15 or newer.',
    )
  throw new Problem(`The database could not be made. ${program} said:\n${ended.stderr.trim()}`)
}

/**
 * @param {Error} error
 * @param {string} program
 */
function cannotRun(error, program) {
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
function plainEnvironment() {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' }
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
 * @param {Places} places
 * @param {string} sockets
 * @returns {Promise<EmbeddedPostgres>}
 */
async function startServer(places, sockets) {
  const patience = Date.now() + 15_000
  for (;;) {
    const outcome = await launch(places, sockets)
    if ('server' in outcome) return outcome.server
    const said = outcome.said
    // Children of a killed postmaster finish their last statement before they let its shared memory go.
    if (
      /shared memory block .* still in use|lock file .* already exists/s.test(said) &&
      Date.now() < patience
    ) {
      await delay(200)
      continue
    }
    if (speaksOfFullDisk(said)) throw new Problem(fullDisk(places.dataDir))
    throw new Problem(`The database could not start. It said:\n${said.trim()}`)
  }
}

/**
 * @param {Places} places
 * @param {string} sockets
 * @returns {Promise<{ server: EmbeddedPostgres } | { said: string }>}
 */
async function launch({ dataDir, data, bin, user }, sockets) {
  const program = join(bin, 'postgres')
  const logFile = join(dataDir, 'database.log')
  if (existsSync(logFile) && statSync(logFile).size > LOG_WORTH_KEEPING) renameSync(logFile, `${logFile}.1`)
  const log = openSync(logFile, 'a', 0o600)
  const logStart = statSync(logFile).size
  const settings = [
    'listen_addresses=',
    'unix_socket_permissions=0700',
    // A log is no place for what people wrote: neither the row that an error is about nor the statement.
    'log_error_verbosity=terse',
    'log_min_error_statement=panic',
  ]
  const child = spawn(
    program,
    ['-D', data, '-k', sockets, ...settings.flatMap((setting) => ['-c', setting])],
    {
      ...user,
      cwd: dataDir,
      env: plainEnvironment(),
      stdio: ['ignore', log, log],
      // Ctrl-C goes to every process of a terminal's group, and the database must be the last to go.
      detached: true,
    },
  )
  closeSync(log)
  /** @type {Promise<string>} */
  const ended = new Promise((resolve, reject) => {
    child.once('error', (error) => reject(cannotRun(error, program)))
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `code ${code}`))
  })
  let running = true
  const over = ended.finally(() => (running = false))
  over.catch(() => undefined)
  while (running && !isReady(data, child.pid)) await Promise.race([over, delay(20)])
  if (!running || child.pid === undefined) {
    await ended
    return { said: readFileSync(logFile).subarray(logStart).toString('utf8') }
  }
  const watcher = watchOver(child.pid, data, user)
  over.finally(() => watcher.kill()).catch(() => undefined)
  const url = `postgresql://courage@localhost/courage?host=${encodeURIComponent(sockets)}`
  const stop = (withinMs = 10_000) => stopServer(child, over, withinMs)
  return { server: { url, pid: child.pid, ended, stop } }
}

/**
 * Ends the database a little after its starter was killed, if nothing has ended it by then: nobody would. The little is
 * for requests and jobs that are still being finished. The pipe closes however the starter ends.
 *
 * @param {number} pid
 * @param {string} data
 * @param {import('./database-user.mjs').DatabaseUser} user
 */
function watchOver(pid, data, user) {
  const script = 'cat; sleep 10; [ "$(head -n 1 "$0/postmaster.pid")" = "$1" ] && kill -INT "$1"'
  const watcher = spawn('/bin/sh', ['-c', script, data, String(pid)], {
    ...user,
    cwd: '/',
    env: plainEnvironment(),
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watcher.on('error', () => undefined)
  watcher.unref()
  return watcher
}

/**
 * What pg_ctl looks at too: the postmaster writes its state into the eighth line of its pid file.
 *
 * @param {string} data
 * @param {number | undefined} pid
 */
function isReady(data, pid) {
  const lines = pidFile(data)
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

/**
 * @param {string} data
 * @returns {string[]}
 */
function pidFile(data) {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<string>} over
 * @param {number} withinMs
 */
async function stopServer(child, over, withinMs) {
  // PostgreSQL's signals: INT ends sessions and writes a checkpoint, QUIT ends at once.
  child.kill('SIGINT')
  if (await endsWithin(over, withinMs)) return
  child.kill('SIGQUIT')
  if (await endsWithin(over, 1000)) return
  child.kill('SIGKILL')
  await over
}

/**
 * @param {Promise<string>} over
 * @param {number} ms
 */
async function endsWithin(over, ms) {
  const waiting = new AbortController()
  const late = delay(ms, 'late', { signal: waiting.signal }).catch(() => 'late')
  const first = await Promise.race([over, late])
  waiting.abort()
  return first !== 'late'
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
