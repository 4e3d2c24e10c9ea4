// Every script of bin/ begins here, so this file too is read by versions of Node that are too old for us.
import { whyNodeIsTooOld } from './node-version.mjs'
import { Problem } from './problem.mjs'

/**
 * Runs one of our scripts. A Problem ends it with its message alone; anything else is our fault and keeps its stack.
 *
 * @param {() => Promise<void>} main loads what it needs with `import()`, after Node was found new enough
 */
export async function enter(main) {
  const tooOld = whyNodeIsTooOld(process.versions.node)
  if (tooOld !== undefined) {
    console.error(tooOld)
    process.exit(1)
  }
  // Whoever reads our output may have gone (`npm start | head`): that is no reason to fall over.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  try {
    await main()
  } catch (error) {
    console.error(error instanceof Problem ? '\n' + error.message + '\n' : error)
    process.exit(error instanceof Problem ? error.exitCode : 1)
  }
}
