import { spawn } from 'node:child_process'
import { isBuilt } from './builder.mjs'
import { clone } from './clone.mjs'
import { dataIsTaken, takeData } from './data-lock.mjs'
import { startEmbeddedPostgres } from './embedded-postgres.mjs'
import { isPrepared, prepareClone } from './prepare-clone.mjs'
import { Problem } from './problem.mjs'
import { nodeArguments } from './product.mjs'
import { processEnvironment, readSettings } from './settings.mjs'
import { step } from './steps.mjs'

/**
 * Runs a command of the product (`db migrate`) for the person at the keyboard, with the database that `npm start` uses:
 * the one of DATABASE_URL, the embedded one that is running, or the embedded one started for as long as this takes.
 * Ends with the command's own exit code. Only the command writes to standard output.
 *
 * @param {string[]} args
 */
export async function runForPerson(args) {
  const settings = readSettings()
  if (settings.databaseUrl) {
    await prepareClone(isBuilt() ? 'build' : 'sources', process.stderr)
    process.exitCode = await runHere(args, settings, settings.databaseUrl)
    return
  }
  const taken = await takeData(settings, { what: `npm run ${args[0]}` })
  if (taken.outcome === 'held') {
    if (!taken.by.databaseUrl) throw dataIsTaken(settings.dataDir, { ...taken.by, address: undefined })
    // What runs would lose its packages in the middle of its work.
    if (!isPrepared('sources'))
      throw new Problem(
        'The packages or the schema have changed since Courage was started: end it, then try again.',
      )
    process.exitCode = await runHere(args, settings, taken.by.databaseUrl)
    return
  }
  await prepareClone(isBuilt() ? 'build' : 'sources', process.stderr)
  const starting = () => startEmbeddedPostgres({ dataDir: settings.dataDir })
  const database = await step('Starting the database', starting, process.stderr)
  try {
    process.exitCode = await runHere(args, settings, database.url)
  } finally {
    await database.stop()
    taken.lock.release()
  }
}

/**
 * @param {string[]} args
 * @param {import('./settings.mjs').Settings} settings
 * @param {string} databaseUrl
 * @returns {Promise<number>} the exit code
 */
function runHere(args, settings, databaseUrl) {
  // The source is always what its writer means; the bundle starts faster, when it says the same.
  const child = spawn(process.execPath, [...nodeArguments('command', !isBuilt()), ...args], {
    cwd: clone,
    env: processEnvironment(settings, databaseUrl, { process: 'command' }),
    stdio: 'inherit',
  })
  // The terminal sends Ctrl-C to the command as well: it decides, and the database stays up until it has ended.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
