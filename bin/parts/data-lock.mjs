import { takeLock } from './lock.mjs'
import { Problem } from './problem.mjs'

/**
 * The locks of a data folder. With a server of one's own, web and worker may run as two starts; the embedded database
 * has one keeper, so a start without DATABASE_URL takes both, whatever its role.
 *
 * @param {Pick<import('./settings.mjs').Settings, 'role' | 'databaseUrl'>} settings
 */
function namesFor({ role, databaseUrl }) {
  return ['web', 'worker']
    .filter((name) => !databaseUrl || role === 'all' || role === name)
    .map((name) => `running-${name}`)
}

/**
 * Takes the data folder for one process, or says who has it.
 *
 * @param {import('./settings.mjs').Settings} settings
 * @param {import('./lock.mjs').Holder} self
 * @returns {ReturnType<typeof takeLock>}
 */
export async function takeData(settings, self) {
  /** @type {import('./lock.mjs').Lock[]} */
  const locks = []
  for (const name of namesFor(settings)) {
    const attempt = await takeLock(settings.dataDir, name, self)
    if (attempt.outcome === 'held') {
      for (const lock of locks) lock.release()
      return attempt
    }
    locks.push(attempt.lock)
  }
  return {
    outcome: 'taken',
    lock: {
      tell: (news) => locks.forEach((lock) => lock.tell(news)),
      release: () => locks.forEach((lock) => lock.release()),
    },
  }
}

/**
 * What to tell somebody who finds the data folder taken.
 *
 * @param {string} dataDir
 * @param {import('./lock.mjs').Holder} by
 * @returns {Problem}
 */
export function dataIsTaken(dataDir, by) {
  const who = by.pid ? `process ${by.pid}` : 'a process that does not answer'
  return new Problem(
    by.address
      ? `Courage is already running: ${by.address} (${who}, data in ${dataDir}). Open that address, or end the ` +
          'process first. To run another beside it, set PORT and DATA_DIR.'
      : `The data in ${dataDir} is in use by ${by.what ?? 'another start'} (${who}). Try again when it has ended.`,
  )
}
