import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { giveTo } from './database-user.mjs'
import { cannotRun, plainEnvironment } from './postgres-program.mjs'
import { explained, fullDisk, Problem, speaksOfFullDisk } from './problem.mjs'

/** @typedef {import('./embedded-postgres.mjs').Places} Places */

/**
 * Makes the data folder under another name and renames it: one that was cut off half-way is never taken for a database.
 *
 * @param {Places} places
 */
export function createDatabase(places) {
  const { dataDir, data, bin, user } = places
  for (const name of readdirSync(dataDir))
    if (name.startsWith('database.new-')) rmSync(join(dataDir, name), { recursive: true, force: true })
  const unfinished = `${data}.new-${process.pid}`
  try {
    mkdirSync(unfinished, { mode: 0o700 })
    giveTo(user, unfinished)
    run(places, join(bin, 'initdb'), [
      `--pgdata=${unfinished}`,
      '--username=courage',
      '--auth-local=trust',
      '--auth-host=reject',
      '--data-checksums',
      '--encoding=UTF8',
      // The same order of letters on every system, whatever its C library.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ])
    // No client is needed for this one statement: the server can take it from its input.
    run(
      places,
      join(bin, 'postgres'),
      ['--single', '-D', unfinished, 'postgres'],
      'CREATE DATABASE courage;\n',
    )
    renameSync(unfinished, data)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw explained(error, dataDir)
  }
}

/**
 * @param {Places} places
 * @param {string} program
 * @param {string[]} args
 * @param {string} [input]
 */
function run({ dataDir, user }, program, args, input) {
  const ended = spawnSync(program, args, {
    ...user,
    cwd: dataDir,
    env: plainEnvironment(),
    input,
    encoding: 'utf8',
  })
  if (ended.error) throw cannotRun(ended.error, program)
  // In single-user mode a failed statement is words on stderr and exit code 0.
  if (ended.status === 0 && !/^.*(ERROR|FATAL|PANIC):/m.test(ended.stderr)) return
  if (speaksOfFullDisk(ended.stderr)) throw new Problem(fullDisk(dataDir))
  if (ended.stderr.includes('could not look up effective user ID'))
    throw new Problem(
      `PostgreSQL needs its user to have a name, and user number ${process.getuid?.()} has none on this system. ` +
        'Add one (useradd), start as another user, or set DATABASE_URL to a PostgreSQL server, 15 or newer.',
    )
  throw new Problem(`The database could not be made. ${program} said:\n${ended.stderr.trim()}`)
}
