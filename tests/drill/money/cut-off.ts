import { setTimeout as pause } from 'node:timers/promises'
import { db } from '#app/platform/db.server.ts'
import { chance } from '../../sandbox/parts/chance.ts'
import { fieldsOf } from '../../support/forms.ts'
import { freePort, type House } from '../../support/house.ts'
import type { Findings, Place } from '../run.ts'
import { soon } from '../workers.ts'
import type { Numbers } from './money.ts'

const ANSWERS_AFTER_MS = 350

/** The rest come a moment later, when the answer may be there and not yet kept. */
const SHARE_IN_CALL = 0.7

/**
 * The site is killed while it asks for a payment page, or has just been told of one; the donor presses the button again
 * when it is back. One gift must be one page at Stripe.
 */
export async function cutOff(
  { desk }: Place,
  start: (port: string) => Promise<House>,
  { seed, kills }: Numbers,
): Promise<Findings> {
  await desk.faults({
    ...{ seed, delayMs: ANSWERS_AFTER_MS, by: 'arrival' },
    routes: { 'POST /v1/checkout/sessions': { delay: 1 } },
  })
  const before = (await desk.accepted('POST /v1/checkout/sessions')).length
  const giftsBefore = await db.gift.count()
  const port = String(await freePort())
  let house = await start(port)
  let within = 0
  const notLedOn: string[] = []
  for (let nth = 1; nth <= kills; nth += 1) {
    const send = await fillIn(house, nth)
    const sent = send(house).catch(() => null)
    await soon(5_000, async () => {
      const { keys } = (await desk.control('GET', 'under-way')) as { keys: string[] }
      return keys.length > 0 ? true : null
    })
    const isInCall = chance(seed, 'in call', nth) < SHARE_IN_CALL
    await pause(chance(seed, 'moment', nth) * ANSWERS_AFTER_MS + (isInCall ? 0 : ANSWERS_AFTER_MS / 2))
    await house.kill()
    await sent
    within += await db.checkoutAttempt.count({ where: { state: 'asked' } })
    house = await start(port)
    const again = await send(house)
    const leadsTo = again.headers.get('location') ?? ''
    if (again.status !== 303 || !leadsTo.startsWith(desk.url))
      notLedOn.push(`donor ${nth}: ${again.status} ${leadsTo}`)
  }
  await house.stop()
  await desk.faults()

  const made = (await desk.accepted('POST /v1/checkout/sessions')).slice(before)
  const gifts = (await db.gift.count()) - giftsBefore
  const extra = made.length - new Set(made.map(({ metadata }) => metadata?.['gift'])).size
  const lines: Findings['table'] = [
    ['kills of the site around a request for a payment page', kills],
    [
      'of these, between the request and what it did being kept',
      `${within} (${Math.round((within / Math.max(kills, 1)) * 100)} %)`,
    ],
    ['gifts made', gifts],
    ['payment pages at Stripe beyond one for each gift', extra],
  ]
  return {
    table: lines,
    wrong: [
      ...(extra === 0 ? [] : [`${extra} payment pages too many were made at Stripe`]),
      ...(gifts === kills ? [] : [`${kills} donors made ${gifts} gifts`]),
      ...(made.length - extra === kills
        ? []
        : [`${kills} donors were given ${made.length - extra} payment pages`]),
      ...notLedOn.map((each) => `the second press of the button led nowhere: ${each}`),
      ...(within * 4 >= kills ? [] : ['too few kills fell within a request for this to prove anything']),
    ],
  }
}

/** A donor opens the form and fills it in. Returns the press of its button, which can be pressed again. */
async function fillIn(house: House, nth: number): Promise<(at: House) => Promise<Response>> {
  const page = await house.fetch('/donate/give?amount=25&own=&currency=GBP&to=most_needed')
  const fields = { ...fieldsOf(await page.text()), name: 'A donor', email: `cut-off-${nth}@example.org` }
  return (at) =>
    at.fetch('/donate/give', {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: at.url, 'x-forwarded-for': `10.${nth >> 8}.${nth & 255}.1` },
    })
}
