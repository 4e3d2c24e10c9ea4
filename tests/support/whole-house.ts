import { startHouse, startWorker, type House, type Running } from './house.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'

/** The site, its worker and a post office, as after `npm start`, on this test file's database. */
export type WholeHouse = { post: PostOffice; house: House; worker: Running; close: () => Promise<void> }

/** Starts all three. Call `startFromSeed` before it. */
export async function openWholeHouse(): Promise<WholeHouse> {
  const url = process.env['DATABASE_URL'] ?? ''
  const post = await openPostOffice()
  const house = await startHouse(url, post.settings)
  const worker = await startWorker(url, { ...post.settings, APP_URL: house.url })
  return {
    post,
    house,
    worker,
    close: async () => {
      await Promise.all([house.stop(), worker.stop()])
      await post.close()
    },
  }
}
