import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clone } from './clone.mjs'
import { fullDisk, Problem, speaksOfFullDisk } from './problem.mjs'
import { lastLines, run } from './run.mjs'

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 */

/**
 * True when node_modules holds what package-lock.json asks for, whoever installed it. npm writes its own record of what
 * it installed as its last act, so an installation that was cut off has none.
 *
 * @returns {boolean}
 */
export function isInstalled() {
  const record = join(clone, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = packagesOf(join(clone, 'package-lock.json'))
  const found = packagesOf(record)
  return (
    Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === '' || found[path]?.version === version || (optional === true && found[path] === undefined),
    ) &&
    // A folder shared with another system brings that system's programs.
    Object.values(found).every(({ os, cpu }) => allows(os, process.platform) && allows(cpu, process.arch))
  )
}

/**
 * Installs exactly what package-lock.json names. No package's own install script is run.
 */
export async function install() {
  // However this was started, the build's tools are needed (NODE_ENV=production would leave them out).
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const { code, output } = await run(...npm(args))
  if (code === 0) return
  if (speaksOfFullDisk(output)) throw new Problem(fullDisk(clone))
  throw new Problem(
    `npm could not install the packages. Is there a way to the registry from here (npm ping)? It said:\n${lastLines(output)}`,
  )
}

/**
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
function npm(args) {
  // The npm that started us, rather than whichever comes first on the path.
  const script = process.env.npm_execpath
  return script && /npm-cli\.c?js$/.test(script) && existsSync(script)
    ? [process.execPath, [script, ...args]]
    : ['npm', args]
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
}

/**
 * @param {string[] | undefined} list "linux", or "!win32"
 * @param {string} value
 */
function allows(list, value) {
  if (!list) return true
  return list.includes(value) || (list.every((entry) => entry.startsWith('!')) && !list.includes(`!${value}`))
}
