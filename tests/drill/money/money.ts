import { startHouse } from '../../support/house.ts'
import type { Findings, Numbers as AllNumbers, Place } from '../run.ts'
import { cutOff } from './cut-off.ts'
import { liveThrough } from './live.ts'
import { hearInOrders } from './orders.ts'

export type Numbers = AllNumbers<'gifts' | 'orders' | 'kills'>

/**
 * Three acts. Gifts are made and everything happens to them at Stripe, while workers are killed, news is lost, doubled and
 * late, and Stripe fails. Then the same world is told again, three times each in ever other orders, with a crash at one
 * place where something is committed after another. Last, the site is killed while it asks for payment pages.
 */
export async function moneyDrill(place: Place, numbers: Numbers): Promise<Findings> {
  const { databaseUrl, post, desk, web } = place
  const settings = { ...post.settings, ...desk.settings, LOG_LEVEL: 'warn' }
  const house = await startHouse(databaseUrl, settings)
  const live = await liveThrough(place, house, numbers)
  // What went wrong once would go wrong in every order.
  const orders =
    live.found.wrong.length === 0 ? await hearInOrders(place, house, live.world, numbers) : nothing
  await house.stop()
  const cut = await cutOff(
    place,
    (port) => startHouse(databaseUrl, { ...settings, PORT: port, TRUSTED_PROXIES: '127.0.0.1' }, web),
    numbers,
  )
  const acts = [live.found, orders, cut]
  return { table: acts.flatMap(({ table }) => table), wrong: acts.flatMap(({ wrong }) => wrong) }
}

const nothing: Findings = { table: [], wrong: [] }
