import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isFree } from './port.mjs'
import { explained } from './problem.mjs'
import { sandboxSecrets } from './secrets.mjs'

/** Below those that systems lend to outgoing calls, and above those that people like to give to their programs. */
const PORTS = /** @type {const} */ ([20_000, 30_000])

/**
 * Where a sandbox's mail goes, and the secret with which the stand-in there signs its news. The port is chosen by
 * chance and kept in the data folder, so that whatever runs beside a start, or after it, sends to the same place.
 *
 * @param {string} dataDir
 * @returns {{ url: string, secret: string }}
 */
export function readSandboxMail(dataDir) {
  const port = keptPort(dataDir) ?? keep(dataDir, randomInt(...PORTS))
  return { url: `http://127.0.0.1:${port}`, secret: sandboxSecrets(dataDir)['SANDBOX_MAIL_SECRET'] ?? '' }
}

/**
 * Makes sure that the stand-in can listen: where another program has taken its port in the meantime, it moves.
 *
 * @param {string} dataDir
 */
export async function requireMailPort(dataDir) {
  let { port } = new URL(readSandboxMail(dataDir).url)
  while (!(await isFree('127.0.0.1', Number(port)))) port = String(keep(dataDir, randomInt(...PORTS)))
}

/** @param {string} dataDir */
const fileIn = (dataDir) => join(dataDir, 'mail-port')

/**
 * @param {string} dataDir
 * @returns {number | undefined}
 */
function keptPort(dataDir) {
  const file = fileIn(dataDir)
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : NaN
  // Nothing is lost with it: a file that makes no sense is written again.
  return Number.isInteger(port) && port > 1023 && port < 65536 ? port : undefined
}

/**
 * @param {string} dataDir
 * @param {number} port
 */
function keep(dataDir, port) {
  try {
    writeFileSync(fileIn(dataDir), `${port}\n`)
    return port
  } catch (error) {
    throw explained(error, dataDir)
  }
}
