import { setTimeout as delay } from 'node:timers/promises'
import { BATCH_LIMIT } from '#app/mail/outbox.server.ts'
import { db } from '#app/platform/db.server.ts'
import { chance, shuffled } from '../sandbox/parts/chance.ts'
import type { Subscriber } from '../support/subscribers.ts'
import { gatherPeople, leave, startSending } from './audience.ts'
import { countUpdates, type Leaving } from './count.ts'
import type { Findings, Numbers as AllNumbers, Place } from './run.ts'
import { isInTransaction, openAttempts, soon, startWatched, type Watched } from './workers.ts'

type Numbers = AllNumbers<'recipients' | 'kills'>

/** What the post office does to requests; the drill's whole chance hangs on the seed and the order of their coming. */
const faults = {
  drop: 0.05,
  'rate-limit': 0.05,
  'server-error': 0.025,
  'accepted-server-error': 0.025,
  delay: 0.7,
}
const DELAY_MS = 1500

/** Requests a second that the post office allows: enough to end soon, and few while kills are still to come. */
const FAST = 20
const SLOW = 1

/** The other kills come at any moment. */
const SHARE_WITHIN_CALLS = 0.5

/** A kill: which attempts its worker had on record without an answer, an instant before. */
export type Kill = { open: string[] }

/**
 * One update goes to everybody while two workers are killed again and again, the provider fails in every way it can, and
 * people leave. Everyone must get it once, or be on record with the reason why not.
 */
export async function updatesDrill(place: Place, numbers: Numbers): Promise<Findings> {
  const { seed, recipients } = numbers
  const { post } = place
  const people = await gatherPeople(recipients, seed)
  await post.control('PUT', 'settings', { perSecond: FAST, deliveryMs: 3_600_000, keep: 0 })
  await post.control('PUT', 'faults', {
    seed,
    delayMs: DELAY_MS,
    by: 'arrival',
    routes: { 'POST /emails/batch': faults },
  })
  const from = performance.now()
  const workers = await Promise.all([startWatched(place), startWatched(place)])
  await startSending(seed)
  const drill = new Kills(place, numbers, people)
  const survivors = await Promise.all(workers.map((worker) => drill.run(worker)))
  const killing = (performance.now() - from) / 1000
  await post.control('PUT', 'settings', { perSecond: FAST })
  const ended = await waitUntilSent()
  await Promise.all(survivors.map((worker) => worker.stop()))
  const seconds = (performance.now() - from) / 1000

  const found = await countUpdates(post, people, drill.kills, drill.leavings)
  found.table.push(
    ['requests a second allowed', `${SLOW} to ${FAST}`],
    ['seconds', `${Math.round(seconds)}, ${Math.round(killing)} of them until the last kill`],
  )
  if (!ended) found.wrong.push('there is still mail that nobody sends')
  return found
}

class Kills {
  readonly kills: Kill[] = []
  readonly leavings: Leaving[] = []
  readonly #place: Place
  readonly #numbers: Numbers
  readonly #people: Subscriber[]
  readonly #byHash: Map<string, Subscriber>
  readonly #gone = new Set<Subscriber>()
  #begun = 0

  constructor(place: Place, numbers: Numbers, people: Subscriber[]) {
    this.#place = place
    this.#numbers = numbers
    this.#people = shuffled(people, `leaving ${numbers.seed}`)
    this.#byHash = new Map(people.map((person) => [person.addressHash, person]))
  }

  /** Kills the worker and starts another, over and over. Two of these share the kills. Returns the last worker. */
  async run(worker: Watched): Promise<Watched> {
    while (this.#begun < this.#numbers.kills) {
      const nth = ++this.#begun
      const { seed } = this.#numbers
      await this.#pace()
      if (chance(seed, 'leaves', nth) < 0.5) await this.#leaves(this.#people.pop())
      if (chance(seed, 'within', nth) < SHARE_WITHIN_CALLS) await this.#reachWithin(worker, nth)
      else await delay(chance(seed, 'moment', nth) * 1000)
      this.kills.push({ open: (await openAttempts(worker)).map(({ id }) => id) })
      await worker.kill()
      worker = await startWatched(this.#place)
    }
    return worker
  }

  /**
   * Waits until a call of this worker's is open, every other time until the post office has heard of it, or until one is
   * that the house has no record of (which is sabotage); and lets somebody leave whom it is about: after the first
   * attempt, the bytes must not change any more.
   */
  async #reachWithin(worker: Watched, nth: number): Promise<void> {
    const call = await soon(10_000, async () => {
      if (await isAllSent()) return ''
      const open = await openAttempts(worker)
      if (open[0] && nth % 2 === 0) return open[0].callId
      const keys = await this.#keysUnderWay()
      const heard = open.find(({ key }) => keys.includes(key))
      if (heard) return heard.callId
      return (await isInTransaction(worker)) ? unrecordedCall(keys) : null
    })
    if (!call) return
    const messages = await db.message.findMany({ where: { callId: call }, orderBy: { position: 'asc' } })
    await this.#leaves(this.#byHash.get(messages[nth % messages.length]?.addressHash ?? ''))
  }

  async #keysUnderWay(): Promise<string[]> {
    const { keys } = (await this.#place.post.control('GET', 'under-way')) as { keys: string[] }
    return keys
  }

  async #leaves(person: Subscriber | undefined): Promise<void> {
    if (!person || this.#gone.has(person)) return
    this.#gone.add(person)
    this.leavings.push({ person, at: await leave(person) })
  }

  /** Keeps the mail about as far as the kills are, so that none comes after the last message. */
  async #pace(): Promise<void> {
    const calls = this.#numbers.recipients / BATCH_LIMIT
    const done = await db.mailCall.count({ where: { state: 'accepted' } })
    const ahead = done / calls > (this.#begun - 1) / this.#numbers.kills
    await this.#place.post.control('PUT', 'settings', { perSecond: ahead ? SLOW : FAST })
  }
}

/** A call that the post office is being asked for, and that was never asked for as far as the house knows. */
async function unrecordedCall(keys: string[]): Promise<string | null> {
  const call = await db.mailCall.findFirst({ where: { idempotencyKey: { in: keys }, firstAttemptAt: null } })
  return call?.id ?? null
}

/** Waits until there is nothing left to send; false when that does not happen. */
async function waitUntilSent(): Promise<boolean> {
  const sent = await soon(180_000, async () => {
    await delay(250)
    return (await isAllSent()) ? true : null
  })
  return sent ?? false
}

async function isAllSent(): Promise<boolean> {
  const preparing = await db.update.count({ where: { state: 'preparing' } })
  const left = await db.mailCall.count({ where: { state: { in: ['waiting', 'in_flight'] } } })
  return preparing + left === 0
}
