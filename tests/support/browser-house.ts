import { freshDatabase } from './database.ts'
import { prepareGround } from './ground.ts'
import { startHouse, startWorker } from './house.ts'
import { openPostOffice, postOfficeSecret } from './post-office.ts'
import { sendSamples } from './sample-mail.ts'

/**
 * Playwright's set-up: the built site, its worker and a post office with two mails in it, on a seeded database of this
 * run's own, and how to end them. With COURAGE_URL set, the browser visits that site instead, and nothing is started;
 * POST_OFFICE_URL then says where its mail can be read.
 */
export default async function browserHouse(): Promise<() => Promise<void>> {
  if (process.env['COURAGE_URL']) return async () => {}

  const ground = await prepareGround()
  try {
    const database = await freshDatabase('seeded')
    const post = await openPostOffice()
    const house = await startHouse(database.url, { ...post.settings, TRUSTED_PROXIES: '127.0.0.0/8' })
    const worker = await startWorker(database.url, { ...post.settings, APP_URL: house.url })
    await post.control('PUT', 'webhook', {
      url: `${house.url}/webhooks/resend`,
      secrets: [postOfficeSecret],
    })
    await sendSamples(post)
    process.env['COURAGE_URL'] = house.url
    process.env['POST_OFFICE_URL'] = post.url
    return async () => {
      await Promise.all([house.stop(), worker.stop()])
      await post.close()
      await ground.leave()
    }
  } catch (error) {
    await ground.leave()
    throw error
  }
}
