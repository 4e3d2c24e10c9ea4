import { freshDatabase } from './database.ts'
import { prepareGround } from './ground.ts'
import { sendSamples } from './sample-mail.ts'
import { openWholeHouse } from './whole-house.ts'

/**
 * Playwright's set-up: the built site, its worker, a post office with two mails in it and a payment desk, on a seeded
 * database of this run's own, and how to end them. With COURAGE_URL set, the browser visits that site instead, and
 * nothing is started; POST_OFFICE_URL and PAYMENT_DESK_URL then say where its mail can be read and its gifts are paid.
 */
export default async function browserHouse(): Promise<() => Promise<void>> {
  if (process.env['COURAGE_URL']) return async () => {}

  const ground = await prepareGround()
  try {
    const database = await freshDatabase('seeded')
    const all = await openWholeHouse(database.url, { TRUSTED_PROXIES: '127.0.0.0/8' })
    const { post, desk, house } = all
    await post.sendNewsTo(`${house.url}/webhooks/resend`)
    await sendSamples(post)
    process.env['COURAGE_URL'] = house.url
    process.env['POST_OFFICE_URL'] = post.url
    process.env['PAYMENT_DESK_URL'] = desk.url
    return async () => {
      await all.close()
      await ground.leave()
    }
  } catch (error) {
    await ground.leave()
    throw error
  }
}
