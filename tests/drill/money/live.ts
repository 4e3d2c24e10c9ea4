import { setTimeout as pause } from 'node:timers/promises'
import { openCheckout } from '#app/donations/checkout.server.ts'
import type { GiftAsked } from '#app/donations/gift.ts'
import { db, pool } from '#app/platform/db.server.ts'
import { randomToken } from '#app/platform/tokens.server.ts'
import { chance } from '../../sandbox/parts/chance.ts'
import type { House } from '../../support/house.ts'
import type { Findings, Place } from '../run.ts'
import { soon, startWatched, type Watched } from '../workers.ts'
import type { Numbers } from './money.ts'
import { untilAllHeard } from './quiet.ts'
import { play, storiesOf, type Story } from './stories.ts'
import { compare } from './truth.ts'

/** What came of the stories at Stripe: with it the news can be told again. */
export type World = { stories: Story[]; giftOf: Map<Story, string>; foreign: string[] }

/** What a donor waits for may fail, and whatever is read. What the charity itself does at Stripe is not at stake here. */
const reading = { drop: 0.04, 'rate-limit': 0.03, 'server-error': 0.03, delay: 0.3 }
const faults = {
  delayMs: 700,
  by: 'arrival',
  routes: {
    'POST /v1/checkout/sessions': { drop: 0.1, 'rate-limit': 0.05, 'accepted-server-error': 0.1, delay: 0.2 },
    'GET /v1/checkout/sessions': reading,
    'GET /v1/checkout/sessions/:id': reading,
    'GET /v1/charges': reading,
    'GET /v1/refunds': reading,
    'GET /v1/disputes': reading,
    'GET /v1/events': reading,
    'GET /v1/balance_transactions': reading,
  },
} as const

/** A share of the kills, so that the act does not outlast the others. */
const KILLS_OF_WORKERS = 1 / 5
const AT_ONCE = 12

/**
 * Everything happens at once: donors make gifts, pay, are declined, wait for their bank; money goes back and comes again;
 * two workers are killed; a fifth of all news is lost, some comes twice, late and out of order. In the end the sweep finds
 * what was lost, and everything must stand with us as it does at Stripe.
 */
export async function liveThrough(
  place: Place,
  house: House,
  numbers: Numbers,
): Promise<{ found: Findings; world: World }> {
  const { desk, post } = place
  const { seed, gifts } = numbers
  const stories = storiesOf(seed, gifts)
  // A debit takes some seconds instead of days: news that is signed days ahead would rightly be refused.
  await desk.control('PUT', 'settings', { feeMs: 400, lateDays: 3 / 86_400 })
  await post.control('PUT', 'settings', { deliveryMs: 3_600_000, keep: 0 })
  await desk.newsFaults({ seed, lost: 0.2, twice: 0.2, late: 0.2, lateMs: 900, shuffle: 4 })
  await desk.sendNewsTo(`${house.url}/webhooks/stripe`)

  const workers = await Promise.all([startWatched(place), startWatched(place)])
  const giftOf = new Map<Story, string>()
  const foreign = await strangersPay(place)
  await desk.faults({ seed, ...faults })
  const kills = new Kills(place, seed, Math.ceil(numbers.kills * KILLS_OF_WORKERS))
  const killing = Promise.all(workers.map((worker) => kills.run(worker)))
  const waiting = [...stories]
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let story = waiting.shift(); story; story = waiting.shift()) {
        const { id, session } = await give(story, seed)
        giftOf.set(story, id)
        await play(desk, session, story, seed)
      }
    }),
  )
  const survivors = await killing
  await pause(4_000)
  await desk.faults()
  await desk.quiet()
  const left = await untilAllHeard({ sweep: true })
  await Promise.all(survivors.map((worker) => worker.stop()))

  const world = { stories, giftOf, foreign }
  const { table, wrong } = await compare(place, world)
  const lost = (await desk.news()).filter(({ state }) => state === 'lost').length
  const within = kills.within
  return {
    world,
    found: {
      table: [
        [
          'gifts, and what became of them all at once',
          `${stories.length}, in ${new Set(stories.map(({ plot }) => plot)).size} ways`,
        ],
        ['news that was lost on its way', `${lost} of ${(await desk.news()).length}`],
        ['workers killed', kills.count],
        [
          'of these, between reading Stripe and writing',
          `${within} (${Math.round((within / Math.max(kills.count, 1)) * 100)} %)`,
        ],
        ...table,
      ],
      wrong: [
        ...wrong,
        ...left.map((each) => `nobody does what is left, ${each}`),
        ...(within * 4 >= kills.count
          ? []
          : ['too few workers were killed in the middle for this to prove anything']),
      ],
    },
  }
}

/** A donor sends the form, and sends it again while the payment service does not answer. */
export async function give(story: Story, seed: number): Promise<{ id: string; session: string }> {
  const token = randomToken()
  const wish = await wishOf(story)
  for (let tries = 1; tries <= 10; tries += 1) {
    const opened = await openCheckout(token, wish, `network ${story.nth}`)
    if (opened.outcome === 'page') {
      const attempt = await db.checkoutAttempt.findFirstOrThrow({ where: { url: opened.url } })
      return { id: attempt.giftId, session: attempt.sessionId ?? '' }
    }
    if (opened.outcome !== 'unanswered') throw new Error(`A gift was ${opened.outcome}`)
    await pause(chance(seed, 'again', story.nth, tries) * 500)
  }
  throw new Error('The payment service does not answer at all')
}

export async function wishOf({ amountMinor, currency, forPartner, email }: Story): Promise<GiftAsked> {
  const partner = forPartner ? await db.partner.findFirstOrThrow({ orderBy: { position: 'asc' } }) : null
  return {
    amount: { amountMinor, currency },
    purpose: partner?.id ?? null,
    name: 'A donor',
    email,
    message: null,
    updatesWording: null,
  }
}

/** Payments on the same account that are none of ours: made by hand, or by another program. Their objects' ids. */
async function strangersPay({ desk }: Place): Promise<string[]> {
  const session = await desk.stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [
      { quantity: 1, price_data: { currency: 'gbp', unit_amount: 1234, product_data: { name: 'A raffle' } } },
    ],
    success_url: 'https://raffle.example/thanks',
  })
  await desk.pay(session.id)
  const { data: charges } = await desk.stripe.charges.list({ limit: 1 })
  const [charge] = charges
  if (typeof charge?.payment_intent !== 'string') throw new Error('The raffle was not paid')
  return [session.id, charge.payment_intent, charge.id]
}

/** Kills workers again and again, each in the middle of reading and writing where that can be. */
class Kills {
  count = 0
  within = 0
  readonly #place: Place
  readonly #seed: number
  readonly #kills: number

  constructor(place: Place, seed: number, kills: number) {
    this.#place = place
    this.#seed = seed
    this.#kills = kills
  }

  async run(worker: Watched): Promise<Watched> {
    while (this.count < this.#kills) {
      const nth = ++this.count
      if (chance(this.#seed, 'any moment', nth) < 0.25) await pause(chance(this.#seed, 'moment', nth) * 1000)
      const isWithin = (await soon(3_000, () => hasTurn(worker))) === true
      await worker.kill()
      if (isWithin) this.within += 1
      worker = await startWatched(this.#place)
      // What it left is not waited for: its ten seconds are over.
      await db.$executeRaw`update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute'
        where locked_by is not null`
    }
    return worker
  }
}

/** True while this worker has a gift's turn: it reads the gift from Stripe, or writes what it read. */
async function hasTurn(worker: Watched): Promise<true | null> {
  const { rows } = await pool.query(
    `select 1 from pg_locks lock join pg_stat_activity connection on connection.pid = lock.pid
     where lock.locktype = 'advisory' and lock.objsubid = 1 and lock.granted and connection.application_name = $1`,
    [worker.name],
  )
  return rows.length > 0 ? true : null
}
