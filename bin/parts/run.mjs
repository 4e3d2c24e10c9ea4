import { spawn } from 'node:child_process'
import { clone } from './clone.mjs'

/** The programs that are running for a step right now. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/**
 * Runs a program to its end and keeps its output for the case that it fails. Never throws: a program that cannot be
 * started has code 127.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, show?: boolean, timeoutMs?: number }} [options] `show` lets it speak for itself
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: clone,
      env: options.env ?? process.env,
      stdio: ['ignore', options.show ? 'inherit' : 'pipe', options.show ? 'inherit' : 'pipe'],
      // A group of its own, so that whatever it starts can be ended with it.
      detached: true,
    })
    running.add(child)
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    const late = options.timeoutMs && setTimeout(() => endGroup(child), options.timeoutMs)
    const finish = (/** @type {number} */ code) => {
      clearTimeout(late || undefined)
      running.delete(child)
      resolve({ code, output })
    }
    child.once('error', (error) => {
      output += error.message
      finish(127)
    })
    child.once('close', (code) => finish(code ?? 1))
  })
}

/** Ends what `run` has started and is still running, and all that it started in turn. */
export function endPrograms() {
  for (const child of running) endGroup(child)
}

/** @param {import('node:child_process').ChildProcess} child */
function endGroup(child) {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended by itself in the meantime.
  }
}

/**
 * The last lines of a program's output: where it says why it failed.
 *
 * @param {string} output
 * @param {number} [lines]
 * @returns {string}
 */
export function lastLines(output, lines = 20) {
  return output.trimEnd().split('\n').slice(-lines).join('\n')
}
