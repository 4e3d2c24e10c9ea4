import { startHouse } from '../../support/house.ts'
import { atTheDesk } from '../../support/payment-desk.ts'
import type { Findings, Numbers as AllNumbers, Place } from '../run.ts'
import { cutOff } from './cut-off.ts'
import { liveThrough } from './live.ts'
import { hearInOrders } from './orders.ts'
import { readAtOnce } from './race.ts'

export type Numbers = AllNumbers<'gifts' | 'orders' | 'kills'>

/**
 * Three acts. Gifts are made and everything happens to them at Stripe, while workers are killed, news is lost, doubled and
 * late, and Stripe fails. Then the same world is told again, three times each in ever other orders, with a crash at one
 * place where something is committed after another. Last, the site is killed while it asks for payment pages.
 */
export async function moneyDrill(given: Place, numbers: Numbers): Promise<Findings> {
  // Stripe fails the drill too.
  const place = { ...given, desk: { ...given.desk, ...atTheDesk(given.desk.url, { retries: 10 }) } }
  const { databaseUrl, post, desk, web } = place
  const settings = { ...post.settings, ...desk.settings, LOG_LEVEL: 'warn' }
  const house = await startHouse(databaseUrl, settings)
  const took = stopwatch()
  const live = await liveThrough(place, house, numbers)
  const race = await readAtOnce(place, numbers)
  const liveSeconds = took()
  // What went wrong once would go wrong in every order.
  const orders =
    live.found.wrong.length + race.wrong.length === 0
      ? await hearInOrders(place, house, live.world, numbers)
      : nothing
  await house.stop()
  const orderSeconds = took()
  const cut = await cutOff(
    place,
    (port) => startHouse(databaseUrl, { ...settings, PORT: port, TRUSTED_PROXIES: '127.0.0.1' }, web),
    numbers,
  )
  const acts = [live.found, race, orders, cut]
  const seconds = `${liveSeconds}, ${orderSeconds} and ${took()}`
  return {
    table: [...acts.flatMap(({ table }) => table), ['seconds of the three acts', seconds]],
    wrong: acts.flatMap(({ wrong }) => wrong),
  }
}

/** Seconds since it was last asked. */
function stopwatch(): () => number {
  let from = performance.now()
  return () => {
    const seconds = Math.round((performance.now() - from) / 1000)
    from = performance.now()
    return seconds
  }
}

const nothing: Findings = { table: [], wrong: [] }
