import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { cannotRun, plainEnvironment } from './postgres-program.mjs'
import { fullDisk, Problem, speaksOfFullDisk } from './problem.mjs'

/**
 * @typedef {import('./embedded-postgres.mjs').Places} Places
 * @typedef {import('./embedded-postgres.mjs').EmbeddedPostgres} EmbeddedPostgres
 */

const LOG_WORTH_KEEPING = 5_000_000

/**
 * Starts the server on its data folder and resolves when it accepts connections, after recovery if need be. Throws a
 * Problem with what the server said.
 *
 * @param {Places} places
 * @param {string} sockets the folder for its socket
 * @returns {Promise<EmbeddedPostgres>}
 */
export async function startServer(places, sockets) {
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
 * The lines of the server's pid file; none when there is none.
 *
 * @param {string} data
 * @returns {string[]}
 */
export function pidFile(data) {
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
