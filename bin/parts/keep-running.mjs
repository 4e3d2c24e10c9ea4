import { spawn } from 'node:child_process'
import { clone } from './clone.mjs'
import { Problem } from './problem.mjs'
import { setClock } from './set-clock.mjs'

/**
 * A process that is started again when it ends unasked.
 *
 * @typedef {object} Kept
 * @property {Promise<void>} ready resolves when it first says that it can serve; rejects with a Problem when it ends
 *   before that
 * @property {() => Promise<void>} stop asks it to end (SIGTERM), for good, and resolves when it has
 * @property {() => void} kill ends it at once
 * @property {() => void} restart ends it, and starts it again
 */

const SHORTEST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000
/** One that served this long was well: its next end is a new trouble, not more of the last. */
const WELL_AFTER_MS = 60_000
/** EX_CONFIG of sysexits.h: the process found the settings wrong, and would again. */
export const WRONG_SETTINGS = 78

/**
 * @param {{
 *   name: string,
 *   args: string[],
 *   env: NodeJS.ProcessEnv,
 *   onHopeless: (code: number) => void,
 * }} about `name` is how people are told of it: "The web process"
 * @returns {Kept}
 */
export function keepRunning({ name, args, env, onHopeless }) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child
  let stopping = false
  let restarting = false
  let wasReady = false
  let pauseMs = SHORTEST_PAUSE_MS
  /** @type {NodeJS.Timeout | undefined} */
  let pause
  const ready = settledLater()
  ready.promise.catch(() => undefined)
  const over = settledLater()

  function launch() {
    let readyAt = 0
    child = spawn(process.execPath, args, {
      cwd: clone,
      env: { ...env, ...setClock(env) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Ctrl-C goes to a terminal's whole group; only we may hear it, so that things end in their order.
      detached: true,
    })
    child.on('message', (message) => {
      if (typeof message !== 'object' || message === null || !('ready' in message)) return
      if (wasReady) say(`${name} is back.`)
      wasReady = true
      readyAt = Date.now()
      ready.resolve()
    })
    child.on('error', () => undefined)
    child.once('exit', (code, signal) => ended(signal ? `signal ${signal}` : `code ${code}`, code, readyAt))
  }

  /**
   * @param {string} how
   * @param {number | null} code
   * @param {number} readyAt
   */
  function ended(how, code, readyAt) {
    child = undefined
    if (stopping) return over.resolve()
    if (restarting) {
      restarting = false
      return launch()
    }
    if (!wasReady)
      return ready.reject(new Problem(`${name} could not start (${how}). What it said stands above.`))
    if (code === WRONG_SETTINGS) return onHopeless(WRONG_SETTINGS)
    if (readyAt && Date.now() - readyAt > WELL_AFTER_MS) pauseMs = SHORTEST_PAUSE_MS
    say(`${name} ended unexpectedly (${how}). Starting it again in ${pauseMs / 1000} s.`)
    pause = setTimeout(launch, pauseMs)
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
  }

  launch()
  return {
    ready: ready.promise,
    stop() {
      stopping = true
      clearTimeout(pause)
      if (child) child.kill('SIGTERM')
      else over.resolve()
      return over.promise
    },
    kill: () => void child?.kill('SIGKILL'),
    restart() {
      // One that is away comes back with the new source anyway.
      restarting = child !== undefined
      child?.kill('SIGTERM')
    },
  }
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`)
}

/**
 * A promise that is settled from outside (`Promise.withResolvers`, which Node 20 does not have).
 *
 * @returns {{ promise: Promise<void>, resolve: () => void, reject: (error: Error) => void }}
 */
function settledLater() {
  /** @type {Partial<ReturnType<typeof settledLater>>} */
  const parts = {}
  const promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }))
  return /** @type {ReturnType<typeof settledLater>} */ (Object.assign(parts, { promise }))
}
