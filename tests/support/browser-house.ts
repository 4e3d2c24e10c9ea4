import { freshDatabase } from './database.ts'
import { prepareGround } from './ground.ts'
import { startHouse, startWorker } from './house.ts'

/**
 * Playwright's set-up: the built site and its worker on a seeded database of this run's own, and how to end them. With
 * COURAGE_URL set, the browser visits that site instead, and nothing is started.
 */
export default async function browserHouse(): Promise<() => Promise<void>> {
  if (process.env['COURAGE_URL']) return async () => {}

  const ground = await prepareGround()
  try {
    const database = await freshDatabase('seeded')
    const house = await startHouse(database.url)
    const worker = await startWorker(database.url, { APP_URL: house.url })
    process.env['COURAGE_URL'] = house.url
    return async () => {
      await Promise.all([house.stop(), worker.stop()])
      await ground.leave()
    }
  } catch (error) {
    await ground.leave()
    throw error
  }
}
