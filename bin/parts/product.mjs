import { clone } from './clone.mjs'
import { Problem } from './problem.mjs'
import { lastLines, run } from './run.mjs'
import { processEnvironment } from './settings.mjs'

/** What the system and PostgreSQL say when a server is not there or does not know us. */
const SERVER_AWAY =
  /^(?:\w*error): (.*(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENOENT|authentication failed|(?:database|role) ".*" does not exist).*?)$/im

/**
 * Node's arguments for one of the product's three programs: the bundle, or in development its source.
 *
 * @param {'server' | 'worker' | 'command'} program
 * @param {boolean} fromSource
 * @returns {string[]}
 */
export function nodeArguments(program, fromSource) {
  return fromSource
    ? ['--import', 'tsx', `app/${program}.ts`]
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
  const [, why] = SERVER_AWAY.exec(output) ?? []
  if (why && settings.databaseUrl)
    throw new Problem(
      `The database that DATABASE_URL names cannot be used: ${why}. Mend DATABASE_URL, or start the server.`,
    )
  // Its code is ours: 78 tells whoever watches over the service that trying again will not help.
  throw new Problem(lastLines(output, 40), code)
}
