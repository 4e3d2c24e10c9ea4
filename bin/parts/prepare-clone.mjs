import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { build, generate, isBuilt, isGenerated } from './builder.mjs'
import { clone } from './clone.mjs'
import { install, isInstalled } from './install.mjs'
import { takeLock } from './lock.mjs'
import { step } from './steps.mjs'

/**
 * What a run needs of the clone: `build` is packages and build/, `sources` is packages and the generated client, enough
 * to run TypeScript as it is.
 *
 * @typedef {'build' | 'sources'} Need
 */

/**
 * Brings the clone to what is needed, one line for each step that was necessary and none when all is there. Two scripts
 * in one clone take turns, and the second finds the work done.
 *
 * @param {Need} need
 * @param {NodeJS.WriteStream} [stream] where the lines go
 */
export async function prepareClone(need, stream = process.stdout) {
  if (isPrepared(need)) return
  const lock = await takeTurn(stream)
  try {
    if (!isInstalled()) await step('Installing packages', install, stream)
    if (need === 'build' && !isBuilt()) await step('Building', build, stream)
    if (!isGenerated()) await step('Generating the client', generate, stream)
  } finally {
    lock.release()
  }
}

/**
 * @param {Need} need
 * @returns {boolean}
 */
export function isPrepared(need) {
  return isInstalled() && (need === 'build' ? isBuilt() : isGenerated())
}

/**
 * @param {NodeJS.WriteStream} stream
 * @returns {Promise<import('./lock.mjs').Lock>}
 */
async function takeTurn(stream) {
  const attempt = () => takeLock(join(clone, '.data'), 'preparing', {})
  const first = await attempt()
  if (first.outcome === 'taken') return first.lock
  const waiting = async () => {
    for (;;) {
      await delay(500)
      const next = await attempt()
      if (next.outcome === 'taken') return next.lock
    }
  }
  return step(`Waiting for process ${first.by.pid}`, waiting, stream)
}
