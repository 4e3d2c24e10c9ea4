import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type Stripe from 'stripe'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { chance, shuffled } from '../../sandbox/parts/chance.ts'
import type { House } from '../../support/house.ts'
import type { Findings, Place } from '../run.ts'
import { buildWorker } from '../sabotage.ts'
import { isAlive, startWatched, type Watched } from '../workers.ts'
import type { World } from './live.ts'
import type { Numbers } from './money.ts'
import { mortality, Notes } from './mortal.ts'
import { untilAllHeard } from './quiet.ts'
import { compare, standing } from './truth.ts'

/** Each event comes so often; a share never comes, and the sweep must find it. */
const TIMES = 3
const SHARE_LOST = 0.1
const POSTS_AT_ONCE = 8

/** Everything is asked of Stripe again after so many orders; after each the one word for it all must be the same. */
const COMPARED_EVERY = 25

/**
 * The same world is told again and again, each time as if nothing had been heard of it yet: every event three times, in an
 * order of the seed's, a tenth of them never; and one worker of two dies at a commit, another place each time.
 */
export async function hearInOrders(
  place: Place,
  house: House,
  world: World,
  { seed, orders }: Numbers,
): Promise<Findings> {
  const { desk, post } = place
  const events: Stripe.Event[] = []
  for await (const event of desk.stripe.events.list({ limit: 100 })) events.push(event)
  await desk.control('PUT', 'webhook', null)
  await keepAsAsked()
  const asItStands = await standing()

  const notes = new Notes(await mkdtemp(path.join(tmpdir(), 'drill-')))
  const crashingWorker = await buildWorker('worker-crashing', mortality)
  const steady = await startWatched(place)
  let mortal: Watched | undefined
  const wrong: string[] = []
  let otherwise = 0
  let held = 0
  for (let order = 0; order < orders; order += 1) {
    await forgetAll()
    const since = (await post.log()).length
    const crash = order === 0 ? '' : await notes.aim(order)
    mortal ??= await startWatched({ ...place, worker: crashingWorker }, notes.settings)
    await tell(house, desk.secret, desk.stripe, events, `${seed} ${order}`)
    const left = await untilAllHeard({ sweep: true })
    if (!isAlive(mortal)) mortal = undefined
    const of = `order ${order}${crash ? `, death at ${crash}` : ''}`
    wrong.push(...left.map((each) => `${of}: nobody does what is left, ${each}`))
    held += 1
    if ((await standing()) !== asItStands) {
      otherwise += 1
      wrong.push(`${of}: gifts or books stand otherwise than at first`)
    }
    if (order % COMPARED_EVERY === 0 || order === orders - 1) {
      wrong.push(...(await compare(place, world, since)).wrong.map((each) => `${of}: ${each}`))
    }
    if (wrong.length > 0) break
  }
  await Promise.all([steady.stop(), mortal?.stop()])
  const { places, deaths } = await notes.read()
  await notes.remove()
  return {
    table: [
      ['orders in which all of it was told again', held],
      ['events in each, of which each comes three times, and a tenth never', events.length],
      ['orders after which gifts or books stood otherwise', otherwise],
      ['places where the worker commits', `${places.length}: ${places.join(', ')}`],
      ['deaths at a commit', `${deaths.length}, at ${new Set(deaths).size} different moments`],
    ],
    wrong,
  }
}

/** Sends the events as Stripe does: signed, and again until they are taken. */
async function tell(
  house: House,
  secret: string,
  stripe: Stripe,
  events: readonly Stripe.Event[],
  seed: string,
): Promise<void> {
  const kept = events.filter(({ id }) => chance(seed, 'lost', id) >= SHARE_LOST)
  const waiting = shuffled(
    kept.flatMap((event) => Array<Stripe.Event>(TIMES).fill(event)),
    seed,
  )
  await Promise.all(
    Array.from({ length: POSTS_AT_ONCE }, async () => {
      for (let event = waiting.shift(); event; event = waiting.shift()) {
        const payload = JSON.stringify(event)
        const signature = stripe.webhooks.generateTestHeaderString({ payload, secret })
        const answer = await house.fetch('/webhooks/stripe', {
          method: 'POST',
          body: payload,
          headers: { 'content-type': 'application/json', 'stripe-signature': signature },
        })
        if (!answer.ok) throw new Error(`${event.type} was answered with ${answer.status}`)
      }
    }),
  )
}

/** Keeps the gifts aside as they were when their donors had been sent to the payment page, before any news. */
async function keepAsAsked(): Promise<void> {
  for (const sql of [
    'create schema drill',
    'create table drill.gift as select * from gift',
    'create table drill.gift_part as select * from gift_part',
    'create table drill.checkout_attempt as select * from checkout_attempt',
    `update drill.gift set state = 'started', declines = 0, received_at = null`,
    'update drill.checkout_attempt set payment_id = null, declines = 0',
    `update drill.checkout_attempt a set state = 'open', url = 'https://pay.example', params = '{}'
     where session_id is not null and not exists (
       select 1 from drill.checkout_attempt later where later.gift_id = a.gift_id and later.created_at > a.created_at)`,
  ]) {
    await db.$executeRawUnsafe(sql)
  }
}

/** Nothing was ever heard: past the guards, as nobody should. */
async function forgetAll(): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`
    await tx.$executeRaw`
      truncate gift, gift_part, gift_move, gift_mail, checkout_attempt, stripe_event, sweep_mark, movement, ledger_entry,
        ledger_transaction, message, mail_call, mail_attempt, mail_event, rate_limit cascade`
    for (const table of ['gift', 'gift_part', 'checkout_attempt']) {
      await tx.$executeRawUnsafe(`insert into ${table} select * from drill.${table}`)
    }
  })
}
