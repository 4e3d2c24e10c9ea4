import { startHouse, startWorker, type House, type Running } from './house.ts'
import { openPaymentDesk, type PaymentDesk } from './payment-desk.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'

/** The site, its worker, a post office and a payment desk, as after `npm start`, on this test file's database. */
export type WholeHouse = {
  post: PostOffice
  desk: PaymentDesk
  house: House
  worker: Running
  close: () => Promise<void>
}

/** Starts all four. Call `startFromSeed` before it. */
export async function openWholeHouse(): Promise<WholeHouse> {
  const url = process.env['DATABASE_URL'] ?? ''
  const [post, desk] = await Promise.all([openPostOffice(), openPaymentDesk()])
  const settings = { ...post.settings, ...desk.settings }
  const house = await startHouse(url, settings)
  const worker = await startWorker(url, { ...settings, APP_URL: house.url })
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
