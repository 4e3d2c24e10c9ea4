import { clone } from './clone.mjs'
import { Problem } from './problem.mjs'
import { programs } from './programs.mjs'
import { lastLines, run } from './run.mjs'
import { processEnvironment } from './settings.mjs'

/**
 * Node's arguments for one of the programs: the bundle, or in development its source.
 *
 * @param {import('./programs.mjs').Program} program
 * @param {boolean} fromSource
 * @returns {string[]}
 */
export function nodeArguments(program, fromSource) {
  return fromSource
    ? ['--import', 'tsx', programs[program]]
    : ['--enable-source-maps', `${clone}/build/${program}.js`]
}

/**
 * Runs one of the product's commands as a step; what it says is heard only when it fails.
 *
 * @param {import('./settings.mjs').Settings} settings
 * @param {string} databaseUrl
 * @param {{ args: string[], dev: boolean }} command
 */
export async function runCommand(settings, databaseUrl, { args, dev }) {
  const env = processEnvironment(settings, databaseUrl, { process: 'command', dev })
  const { code, output } = await run(process.execPath, [...nodeArguments('command', dev), ...args], { env })
  if (code === 0) return
  // Its code is ours: 78 tells whoever watches over the service that trying again will not help.
  throw new Problem(lastLines(output, 40), code)
}
