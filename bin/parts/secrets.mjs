import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { explained, Problem } from './problem.mjs'

/** The names and makers of what a sandbox needs and nobody should have to think up. */
const makers = {
  SESSION_SECRET: () => randomBytes(32).toString('base64url'),
  // VERSION:KEY, so that a later key can be added before an older one is dropped.
  DATA_KEYS: () => `1:${randomBytes(32).toString('base64')}`,
  HASH_KEY: () => randomBytes(32).toString('base64url'),
  // With these the stand-ins sign what they tell.
  SANDBOX_MAIL_SECRET: signingSecret,
  SANDBOX_PAYMENTS_SECRET: signingSecret,
}

function signingSecret() {
  return `whsec_${randomBytes(24).toString('base64')}`
}

/**
 * The secrets of a sandbox: made at its first start, kept in `secrets.json` (mode 0600), the same for ever after. What
 * was stored under them would be lost with them, so a file that cannot be read is never replaced.
 *
 * @param {string} dataDir
 * @returns {Record<string, string>}
 */
export function sandboxSecrets(dataDir) {
  const file = join(dataDir, 'secrets.json')
  const kept = existsSync(file) ? read(file) : {}
  const missing = Object.entries(makers).filter(([name]) => !kept[name])
  if (missing.length === 0) return kept
  const secrets = { ...kept, ...Object.fromEntries(missing.map(([name, make]) => [name, make()])) }
  write(file, `${JSON.stringify(secrets, null, 2)}\n`)
  return secrets
}

/**
 * @param {string} file
 * @returns {Record<string, string>}
 */
function read(file) {
  /** @type {unknown} */
  let found
  try {
    found = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw explained(error, file)
  }
  if (
    typeof found === 'object' &&
    found !== null &&
    Object.values(found).every((value) => typeof value === 'string')
  )
    return /** @type {Record<string, string>} */ (found)
  throw new Problem(
    `${file} is damaged: put it back from a backup. If this sandbox may be forgotten, remove the folder it is in instead.`,
  )
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  const unfinished = `${file}.new-${process.pid}`
  try {
    const handle = openSync(unfinished, 'w', 0o600)
    writeSync(handle, text)
    // Or a power cut could leave an empty file under the final name.
    fsyncSync(handle)
    closeSync(handle)
    renameSync(unfinished, file)
  } catch (error) {
    throw explained(error, file)
  }
}
