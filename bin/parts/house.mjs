import { setTimeout as delay } from 'node:timers/promises'
import { clone } from './clone.mjs'
import { dataIsTaken, takeData } from './data-lock.mjs'
import { databaseUser, requireReachable } from './database-user.mjs'
import { restartOnChange } from './development.mjs'
import { startEmbeddedPostgres } from './embedded-postgres.mjs'
import { keepRunning, say } from './keep-running.mjs'
import { requireFreePort } from './port.mjs'
import { prepareClone } from './prepare-clone.mjs'
import { Problem } from './problem.mjs'
import { nodeArguments, runCommand } from './product.mjs'
import { endPrograms } from './run.mjs'
import { requireSandboxPorts } from './sandbox-services.mjs'
import { processEnvironment, readSettings } from './settings.mjs'
import { standIns, standInVariables } from './stand-ins.mjs'
import { step } from './steps.mjs'

// Ten seconds for all of it: a service manager's patience. Visitors and jobs get the most.
const PROCESSES_END_WITHIN_MS = 8000
const STAND_INS_END_WITHIN_MS = 500
const DATABASE_ENDS_WITHIN_MS = 1000
/** npm hands a Ctrl-C on that the terminal has sent us already; only a later one is a second. */
const SECOND_CTRL_C_AFTER_MS = 500
/** A database that ends twice in this time has a trouble that a person must look at. */
const DATABASE_TRIED_AGAIN_AFTER_MS = 60_000

/**
 * `npm start` and `npm run dev`: brings everything up in order, keeps it up, and ends it. Resolves when all is up;
 * throws a Problem that says what to do.
 *
 * @param {{ dev: boolean }} options
 */
export async function runHouse({ dev }) {
  const settings = readSettings()
  const taken = await takeData(settings, {
    what: dev ? 'npm run dev' : 'npm start',
    address: settings.appUrl,
  })
  if (taken.outcome === 'held') throw dataIsTaken(settings.dataDir, taken.by)
  const house = new House(settings, taken.lock, dev)
  process.on('SIGINT', () => house.hear('SIGINT'))
  process.on('SIGTERM', () => house.hear('SIGTERM'))
  process.on('SIGHUP', () => house.hear('SIGHUP'))
  try {
    await house.open()
  } catch (error) {
    // Ending makes the step that was running fail; that is not news.
    if (house.isEnding) return house.ended
    await house.close()
    throw error
  }
}

class House {
  #settings
  #lock
  #dev
  /** @type {Promise<import('./embedded-postgres.mjs').EmbeddedPostgres> | undefined} */
  #database
  #databaseEndedAt = 0
  /** @type {import('./keep-running.mjs').Kept[]} web and worker */
  #processes = []
  /** @type {import('./keep-running.mjs').Kept[]} */
  #standIns = []
  #open = false
  #endingSince = 0
  /** @type {Promise<never>} never resolves: the process is over first */
  ended = new Promise(() => undefined)

  /**
   * @param {import('./settings.mjs').Settings} settings
   * @param {import('./lock.mjs').Lock} lock
   * @param {boolean} dev
   */
  constructor(settings, lock, dev) {
    this.#settings = settings
    this.#lock = lock
    this.#dev = dev
  }

  get isEnding() {
    return this.#endingSince > 0
  }

  async open() {
    const { role, host, port, appUrl } = this.#settings
    if (role !== 'worker') await requireFreePort(host, port)
    // Known at once, and better said before anything is installed.
    if (!this.#settings.databaseUrl) requireReachable(databaseUser(clone), this.#settings.dataDir)
    await prepareClone(this.#dev ? 'sources' : 'build')
    const databaseUrl =
      this.#settings.databaseUrl ?? (await step('Starting the database', () => this.#startDatabase()))
    // They start while the database is made ready: nobody waits for them.
    const pretended = await this.#startStandIns(databaseUrl)
    await step('Preparing the database', () =>
      runCommand(this.#settings, databaseUrl, { args: ['db', 'prepare'], dev: this.#dev }),
    )
    await Promise.all(pretended.map(({ ready }) => ready))
    const names = role === 'all' ? /** @type {const} */ (['worker', 'web']) : [role]
    const started = names.map((name) => this.#start(name, databaseUrl))
    await step(names.length > 1 ? 'Starting web and worker' : `Starting the ${role}`, () =>
      Promise.all(started.map((process) => process.ready)),
    )
    if (this.#dev)
      restartOnChange({ web: started[names.indexOf('web')], worker: started[names.indexOf('worker')] })
    this.#open = true
    if (this.#standIns.length > 0) say(`mail goes to ${appUrl}/sandbox/mail`)
    say(role === 'worker' ? 'ready: the worker is at work' : `ready on ${appUrl}`)
  }

  /**
   * In a sandbox, what it pretends to have. Where web and worker are two starts, the worker's has it; the web process
   * finds it through the data folder that they share.
   *
   * @param {string} databaseUrl
   */
  async #startStandIns(databaseUrl) {
    if (!this.#settings.sandbox || this.#settings.role === 'web') return []
    await requireSandboxPorts(this.#settings.dataDir, this.#settings.port)
    this.#standIns = standIns.map((standIn) =>
      this.#keep(standIn.name, standIn.program, {
        ...processEnvironment(this.#settings, databaseUrl, { process: 'stand-in', dev: this.#dev }),
        ...standInVariables(this.#settings, standIn),
      }),
    )
    return this.#standIns
  }

  /**
   * @param {'web' | 'worker'} process
   * @param {string} databaseUrl
   */
  #start(process, databaseUrl) {
    const env = processEnvironment(this.#settings, databaseUrl, { process, dev: this.#dev })
    const kept =
      process === 'web'
        ? this.#keep('The web process', 'server', env)
        : this.#keep('The worker', 'worker', env)
    this.#processes.push(kept)
    return kept
  }

  /**
   * @param {string} name
   * @param {import('./programs.mjs').Program} program
   * @param {NodeJS.ProcessEnv} env
   */
  #keep(name, program, env) {
    const args = nodeArguments(program, this.#dev)
    return keepRunning({ name, args, env, onHopeless: (code) => void this.exit(code) })
  }

  async #startDatabase() {
    this.#database = startEmbeddedPostgres({ dataDir: this.#settings.dataDir })
    const database = await this.#database
    void database.ended.then((how) => this.#databaseEnded(how))
    this.#lock.tell({ databaseUrl: database.url })
    return database.url
  }

  /**
   * A database that was killed comes back as it was: every answer it gave is in its log, and web and worker connect
   * anew. So one end is mended here. A second one soon after means a full disk, too little memory or a broken file, and
   * trying for ever would hide that: everything ends, and whoever watches the service sees it.
   *
   * @param {string} how
   */
  async #databaseEnded(how) {
    if (this.isEnding) return
    const again = Date.now() - this.#databaseEndedAt < DATABASE_TRIED_AGAIN_AFTER_MS
    this.#databaseEndedAt = Date.now()
    const log = `It wrote why into ${this.#settings.dataDir}/database.log.`
    if (again || !this.#open) {
      say(`The database ended unexpectedly (${how})${again ? ' again' : ''}. ${log}`)
      return this.exit(1)
    }
    say(`The database ended unexpectedly (${how}). Starting it again.`)
    try {
      await this.#startDatabase()
      say('The database is back.')
    } catch (error) {
      say(`${error instanceof Problem ? error.message : String(error)}\n${log}`)
      await this.exit(1)
    }
  }

  /** @param {NodeJS.Signals} signal */
  hear(signal) {
    if (!this.isEnding) {
      say(signal === 'SIGINT' ? 'Ending … (Ctrl-C again ends at once)' : 'Ending …')
      // Being told to end is no failure once everything was up.
      return void this.exit(this.#open ? 0 : 130)
    }
    if (Date.now() - this.#endingSince < SECOND_CTRL_C_AFTER_MS) return
    for (const kept of [...this.#processes, ...this.#standIns]) kept.kill()
    void this.#database?.then((database) => database.stop(0)).finally(() => process.exit(130))
    if (!this.#database) process.exit(130)
  }

  /** @param {number} code */
  async exit(code) {
    if (this.isEnding) return
    await this.close()
    say('Ended.')
    process.exit(code)
  }

  /** Ends everything in order: visitors and jobs are finished with first, then those they speak to, the database last. */
  async close() {
    this.#endingSince = Date.now()
    endPrograms()
    await stopWithin(PROCESSES_END_WITHIN_MS, this.#processes)
    await stopWithin(STAND_INS_END_WITHIN_MS, this.#standIns)
    await Promise.race([
      this.#database?.then((database) => database.stop(DATABASE_ENDS_WITHIN_MS)).catch(() => undefined),
      delay(this.#endingSince + 9800 - Date.now()),
    ])
    this.#lock.release()
  }
}

/**
 * Asks processes to end, and ends those that have not done so in time.
 *
 * @param {number} ms
 * @param {import('./keep-running.mjs').Kept[]} processes
 */
async function stopWithin(ms, processes) {
  const stopped = Promise.all(processes.map((kept) => kept.stop()))
  await Promise.race([stopped, delay(ms)])
  for (const kept of processes) kept.kill()
}
