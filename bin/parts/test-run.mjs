import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium, installChromium } from './chromium.mjs'
import { clone } from './clone.mjs'
import { startEmbeddedPostgres } from './embedded-postgres.mjs'
import { takeLock } from './lock.mjs'
import { prepareClone } from './prepare-clone.mjs'
import { Problem } from './problem.mjs'
import { endPrograms, run } from './run.mjs'
import { step } from './steps.mjs'
import { inWords, sum, tallyOfOne, tallyOfPlaywright, tallyOfSkipped, tallyOfVitest } from './tally.mjs'

/** @typedef {import('./tally.mjs').Tally} Tally */

/**
 * `npm test`: brings what is missing, runs every kind of test, and ends with one line that counts them. In CI a missing
 * browser or database is a failure; at home the tests that need it are skipped, and the reason is printed.
 */
export async function runTests() {
  const dataDir = join(clone, '.data', 'test')
  const taken = await takeLock(dataDir, 'running', { what: 'npm test' })
  if (taken.outcome === 'held')
    throw new Problem(
      `npm test is already running in this clone (process ${taken.by.pid}). Wait until it has ended.`,
    )
  await prepareClone('build')
  const database = await findDatabase(dataDir)
  const end = async () => {
    endPrograms()
    await database.stop()
    taken.lock.release()
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.once(signal, () => void end().finally(() => process.exit(130)))
  try {
    report(await runSections(database))
  } finally {
    await end()
  }
}

/**
 * @param {TestDatabase} database
 * @returns {Promise<Section[]>}
 */
async function runSections(database) {
  const chromium = (await findChromium()) ?? (await step('Getting a Chromium', installChromium))
  const env = testEnvironment(database.url, chromium)
  const scratch = mkdtempSync(join(tmpdir(), 'courage-tally-'))
  try {
    return [
      await section('types', () => checks('typecheck', env)),
      await section('lint', () => checks('lint', env)),
      await section('unit, database, http and processes', () =>
        vitest(env, join(scratch, 'vitest.json'), database),
      ),
      await section('browser', () => playwright(env, join(scratch, 'playwright.json'), chromium)),
    ]
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/**
 * @typedef {{ name: string, tally: Tally, seconds: number }} Section
 * @typedef {{ url: string | undefined, missing: string, stop: () => Promise<void> }} TestDatabase
 */

/**
 * A server on which scratch databases may be made: the one that was given, or an embedded one of the tests' own.
 *
 * @param {string} dataDir
 * @returns {Promise<TestDatabase>}
 */
async function findDatabase(dataDir) {
  const given = process.env.TEST_DATABASE_URL || process.env.DATABASE_URL
  if (given) return { url: given, missing: '', stop: async () => undefined }
  try {
    const server = await step('Starting the database', () => startEmbeddedPostgres({ dataDir }))
    return { url: server.url, missing: '', stop: () => server.stop() }
  } catch (error) {
    if (!(error instanceof Problem) || inCi()) throw error
    return { url: undefined, missing: error.message, stop: async () => undefined }
  }
}

/**
 * The environment of the tests: none of the installation's settings, whose keys might be real.
 *
 * @param {string | undefined} databaseUrl
 * @param {string | undefined} chromium
 * @returns {NodeJS.ProcessEnv}
 */
function testEnvironment(databaseUrl, chromium) {
  const settings = readFileSync(join(clone, '.env.example'), 'utf8').match(/^[A-Z_]+(?==)/gm) ?? []
  const env = { ...process.env }
  for (const name of ['NODE_ENV', ...settings]) delete env[name]
  if (databaseUrl) env.TEST_DATABASE_URL = databaseUrl
  if (chromium) env.CHROMIUM_PATH = chromium
  return env
}

/**
 * @param {string} name
 * @param {() => Promise<Tally>} work
 * @returns {Promise<Section>}
 */
async function section(name, work) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 76 - name.length))}`)
  const began = Date.now()
  const tally = await work()
  const seconds = (Date.now() - began) / 1000
  console.log(`${name}: ${inWords(tally)} (${seconds.toFixed(1)} s)`)
  return { name, tally, seconds }
}

/**
 * @param {'typecheck' | 'lint'} script of package.json
 * @param {NodeJS.ProcessEnv} env
 */
async function checks(script, env) {
  const { code } = await run('npm', ['run', '--silent', script], { env, show: true })
  return tallyOfOne(code)
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} file
 * @param {TestDatabase} database
 */
async function vitest(env, file, database) {
  const tally = join(clone, 'bin', 'parts', 'vitest-tally.mjs')
  const only = database.url ? [] : ['--project', 'unit']
  const { code } = await run(
    process.execPath,
    [tool('vitest/vitest.mjs'), 'run', '--reporter=default', `--reporter=${tally}`, ...only],
    { env: { ...env, TALLY_FILE: file }, show: true },
  )
  const done = tallyOfVitest(file, code)
  return database.url
    ? done
    : sum([done, tallyOfSkipped('every test that needs a database', database.missing)])
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} file
 * @param {string | undefined} chromium
 * @returns {Promise<Tally>}
 */
async function playwright(env, file, chromium) {
  const missing =
    !chromium &&
    'No Chromium was found or could be installed. Install one, or set CHROMIUM_PATH to its program.'
  const noDatabase = !env.TEST_DATABASE_URL && 'There is no database: the reason stands above.'
  const why = missing || noDatabase
  if (why && inCi()) {
    console.error(why)
    return { passed: 0, failed: 1, skipped: [] }
  }
  if (why) return tallyOfSkipped('every test that needs a browser', why)
  const { code } = await run(
    process.execPath,
    [tool('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
    {
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
      show: true,
    },
  )
  return tallyOfPlaywright(file, code)
}

/** @param {Section[]} sections */
function report(sections) {
  const all = sum(sections.map(({ tally }) => tally))
  console.log('')
  for (const { name, tally, seconds } of sections)
    console.log(`${name.padEnd(36)} ${inWords(tally)} (${seconds.toFixed(1)} s)`)
  for (const { name, why } of all.skipped) console.log(`skipped: ${name}\n  because: ${why}`)
  if (all.failed > 0) process.exitCode = 1
  process.once('exit', () => console.log(inWords(all)))
}

function inCi() {
  return Boolean(process.env.CI) && process.env.CI !== 'false'
}

/** @param {string} script inside node_modules */
function tool(script) {
  return join(clone, 'node_modules', script)
}
