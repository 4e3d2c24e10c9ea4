import { startHouse, startWorker, type House, type Running } from './house.ts'
import { openPaymentDesk, type PaymentDesk } from './payment-desk.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'

/** The site, its worker, a post office and a payment desk, as after `npm start`. */
export type WholeHouse = {
  post: PostOffice
  desk: PaymentDesk
  house: House
  worker: Running
  close: () => Promise<void>
}

/**
 * Starts all four on a database with a seed: this test file's, after `startFromSeed`, unless another is named. `more` are
 * settings of the site.
 */
export async function openWholeHouse(
  databaseUrl = process.env['DATABASE_URL'] ?? '',
  more: Record<string, string> = {},
): Promise<WholeHouse> {
  const [post, desk] = await Promise.all([openPostOffice(), openPaymentDesk()])
  const settings = { ...post.settings, ...desk.settings }
  const house = await startHouse(databaseUrl, { ...settings, ...more })
  const worker = await startWorker(databaseUrl, { ...settings, APP_URL: house.url })
  await desk.sendNewsTo(`${house.url}/webhooks/stripe`)
  return {
    post,
    desk,
    house,
    worker,
    close: async () => {
      await Promise.all([house.stop(), worker.stop()])
      await Promise.all([post.close(), desk.close()])
    },
  }
}
