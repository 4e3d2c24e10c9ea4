import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isFree } from './port.mjs'
import { explained } from './problem.mjs'
import { sandboxSecrets } from './secrets.mjs'

/** What a sandbox pretends to have: the file that keeps its port, and the variables that tell the product of it. */
const services = {
  mail: { file: 'mail-port', url: 'SANDBOX_MAIL_URL', secret: 'SANDBOX_MAIL_SECRET' },
  payments: { file: 'payments-port', url: 'SANDBOX_PAYMENTS_URL', secret: 'SANDBOX_PAYMENTS_SECRET' },
}

/** @typedef {keyof typeof services} SandboxService */
const names = /** @type {SandboxService[]} */ (Object.keys(services))

/** Below those that systems lend to outgoing calls, and above those that people like to give to their programs. */
const PORTS = /** @type {const} */ ([20_000, 30_000])

/**
 * Where a sandbox's mail or payments go, and the secret with which the stand-in there signs its news. The port is chosen
 * by chance and kept in the data folder, so that whatever runs beside a start, or after it, goes to the same place.
 *
 * @param {string} dataDir
 * @param {SandboxService} service
 * @returns {{ url: string, secret: string }}
 */
export function readSandboxService(dataDir, service) {
  const port = keptPort(dataDir, service) ?? keepNewPort(dataDir, service)
  return { url: `http://127.0.0.1:${port}`, secret: sandboxSecrets(dataDir)[services[service].secret] ?? '' }
}

/**
 * The same of every service, as the product's processes are told.
 *
 * @param {string} dataDir
 * @returns {Record<string, string>}
 */
export function sandboxVariables(dataDir) {
  return Object.fromEntries(
    names.flatMap((service) => {
      const { url, secret } = readSandboxService(dataDir, service)
      return [
        [services[service].url, url],
        [services[service].secret, secret],
      ]
    }),
  )
}

/**
 * Makes sure that the stand-ins can listen, each on a port of its own and none on the site's, which is still to start:
 * where another program has taken one in the meantime, it moves.
 *
 * @param {string} dataDir
 * @param {number} sitePort
 */
export async function requireSandboxPorts(dataDir, sitePort) {
  const taken = new Set([sitePort])
  for (const service of names) {
    let port = Number(new URL(readSandboxService(dataDir, service).url).port)
    while (taken.has(port) || !(await isFree('127.0.0.1', port))) port = keepNewPort(dataDir, service)
    taken.add(port)
  }
}

/**
 * @param {string} dataDir
 * @param {SandboxService} service
 * @returns {number | undefined}
 */
function keptPort(dataDir, service) {
  const file = join(dataDir, services[service].file)
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : NaN
  // Nothing is lost with it: a file that makes no sense is written again.
  return Number.isInteger(port) && port > 1023 && port < 65536 ? port : undefined
}

/**
 * @param {string} dataDir
 * @param {SandboxService} service
 */
function keepNewPort(dataDir, service) {
  const port = randomInt(...PORTS)
  try {
    writeFileSync(join(dataDir, services[service].file), `${port}\n`)
    return port
  } catch (error) {
    throw explained(error, dataDir)
  }
}
