import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { clone } from './clone.mjs'
import { Problem } from './problem.mjs'
import { run } from './run.mjs'

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]
const DOWNLOAD_MS = 150_000
const PACKAGES_MS = 300_000

/**
 * A Chromium that runs: CHROMIUM_PATH, the system's, or Playwright's own. Throws a Problem when CHROMIUM_PATH names one
 * that does not.
 *
 * @returns {Promise<string | undefined>} its path
 */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named && runs(named)) return named
  if (named) throw new Problem(`CHROMIUM_PATH is ${named}, and that does not run. Mend it, or leave it out.`)
  const onPath = programs.flatMap((name) =>
    (process.env.PATH ?? '').split(':').map((folder) => join(folder, name)),
  )
  return [...onPath, ...applications, await playwrightsOwn()].find((path) => existsSync(path) && runs(path))
}

/**
 * Gets a Chromium where that is possible: Playwright's download, or, as root, the system's package.
 *
 * @returns {Promise<string | undefined>} its path
 */
export async function installChromium() {
  const cli = join(clone, 'node_modules', '@playwright', 'test', 'cli.js')
  await run(process.execPath, [cli, 'install', 'chromium'], { timeoutMs: DOWNLOAD_MS })
  const found = await findChromium()
  if (found || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update'], { env, timeoutMs: PACKAGES_MS })
  await run('apt-get', ['install', '-y', 'chromium'], { env, timeoutMs: PACKAGES_MS })
  return findChromium()
}

/**
 * A file of that name may be a stub, or lack libraries that it needs.
 *
 * @param {string} path
 */
function runs(path) {
  return spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test')
  return chromium.executablePath()
}
