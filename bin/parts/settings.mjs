import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { clone } from './clone.mjs'
import { explained, Problem } from './problem.mjs'
import { sandboxVariables } from './sandbox-services.mjs'
import { sandboxSecrets } from './secrets.mjs'

/**
 * What the scripts themselves need to know; app/platform/environment.ts checks everything else.
 *
 * @typedef {object} Settings
 * @property {number} port
 * @property {string} host
 * @property {string} appUrl
 * @property {string} dataDir absolute, links resolved; exists
 * @property {'all' | 'web' | 'worker'} role
 * @property {boolean} sandbox no keys of real services were given
 * @property {string | undefined} databaseUrl undefined: the embedded database
 */

/**
 * Reads `.env` and the environment, which wins. Throws a Problem on what cannot be used.
 *
 * @returns {Settings}
 */
export function readSettings() {
  const file = join(clone, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  const port = portFrom(setting('PORT') ?? '3000')
  return {
    port,
    host: setting('HOST') ?? '127.0.0.1',
    appUrl: (setting('APP_URL') ?? `http://localhost:${port}`).replace(/\/$/, ''),
    dataDir: dataFolder(resolve(clone, setting('DATA_DIR') ?? '.data')),
    role: roleFrom(setting('ROLE') ?? 'all'),
    sandbox: !setting('STRIPE_SECRET_KEY') && !setting('RESEND_API_KEY'),
    databaseUrl: setting('DATABASE_URL'),
  }
}

/**
 * The environment of the product's processes: everything that was set, and what we know better.
 *
 * @param {Settings} settings
 * @param {string} databaseUrl
 * @param {{ process: 'web' | 'worker' | 'command' | 'stand-in', dev?: boolean }} about
 * @returns {NodeJS.ProcessEnv}
 */
export function processEnvironment(settings, databaseUrl, about) {
  return {
    ...(settings.sandbox ? sandboxSecrets(settings.dataDir) : {}),
    ...Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== '')),
    DATABASE_URL: databaseUrl,
    PORT: String(settings.port),
    HOST: settings.host,
    APP_URL: settings.appUrl,
    DATA_DIR: settings.dataDir,
    NODE_ENV: about.dev ? 'development' : 'production',
    COURAGE_PROCESS: about.process,
    // The stand-ins are ours: where they are, nobody sets.
    ...(settings.sandbox ? sandboxVariables(settings.dataDir) : {}),
  }
}

/**
 * A variable's value; one that is set to nothing counts as not set, as in `.env.example`.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
export function setting(name) {
  return process.env[name] || undefined
}

/** @param {string} text */
function portFrom(text) {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port
  throw new Problem(`PORT is "${text}". Set it to a number from 1 to 65535, or leave it out for 3000.`)
}

/**
 * @param {string} text
 * @returns {Settings['role']}
 */
function roleFrom(text) {
  if (text === 'all' || text === 'web' || text === 'worker') return text
  throw new Problem(`ROLE is "${text}". Set it to web, worker or all, or leave it out for all.`)
}

/** @param {string} folder */
function dataFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true })
    return realpathSync(folder)
  } catch (error) {
    throw explained(error, folder)
  }
}
