import { Agent, request } from 'node:http'
import { chance, shuffled } from './chance.ts'
import type { Clock } from './clock.ts'

/** One event on its way: its id stays the same over all attempts, so that a receiver knows it again. */
export type Delivery = {
  id: string
  body: string
  type: string
  attempts: number
  state: 'held' | 'lost' | 'waiting' | 'delivered' | 'given-up'
  lastStatus: number | null
}

/** Where events go. Several secrets while one is being rotated: each signs. */
export type Endpoint = { url: string; secrets: string[] }

/** What the network does to events on their way; every rate from 0 to 1. */
export type WebhookFaults = {
  seed: number
  /** Share that is never sent, unless it is released. */
  lost: number
  /** Share that arrives twice. */
  twice: number
  /** Share that arrives `lateMs` later, by the stand-in's clock. */
  late: number
  lateMs: number
  /** Events are collected in groups of so many, and each group is sent in another order. 0: in order. */
  shuffle: number
  /** Nothing is sent until it is released. */
  hold: boolean
}

export const noWebhookFaults: WebhookFaults = {
  seed: 1,
  lost: 0,
  twice: 0,
  late: 0,
  lateMs: 0,
  shuffle: 0,
  hold: false,
}

/** How to send events again: other than the first time, on purpose. */
export type Release = {
  times: number
  seed: number | null
  /** Moves the signed timestamp: receivers are to refuse what is more than 300 s off. */
  skewSeconds: number
  /** Changes the body after it was signed. */
  tamper: boolean
}

/** How a service tells its news. */
export type Manner<News extends Delivery> = {
  /** How long it waits after each failure before it tries again; after the last it gives up. */
  retriesMs: readonly number[]
  headers: (news: News, secrets: readonly string[], timestamp: number) => Record<string, string>
  /** The body with something else in it: what nobody has signed. */
  spoilt: (body: string) => string
}

/** What the notes of a stand-in must take down of it. */
export type NewsEntry<News extends Delivery> =
  { kind: 'event'; delivery: News } | { kind: 'told'; id: string; state: Delivery['state'] }

/** A post as whoever moves a stand-in sees it, whatever its news is. */
export type Movable = Pick<Post<Delivery>, 'endpoint' | 'faults' | 'busy' | 'release' | 'close'> & {
  readonly deliveries: readonly Delivery[]
}

const PATIENCE_MS = 15_000
const AT_ONCE = 10

/** A group that never fills up is sent after so long, of real time. */
const GROUP_WAITS_MS = 250

/** Sends events to the one endpoint, tries again on the service's schedule, and does to them what it is told to. */
export class Post<News extends Delivery> {
  endpoint: Endpoint | null = null
  faults: WebhookFaults = noWebhookFaults
  readonly deliveries: News[] = []
  #group: News[] = []
  #groupTimer: NodeJS.Timeout | undefined
  #queue: (() => Promise<void>)[] = []
  #running = 0
  readonly #agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })

  constructor(
    private readonly clock: Clock,
    private readonly kept: { write: (entry: NewsEntry<News>) => void },
    private readonly manner: Manner<News>,
  ) {}

  /** Sends it, now or when the faults say. */
  tell(delivery: News): void {
    const { hold, lost, seed, shuffle } = this.faults
    if (hold) delivery.state = 'held'
    else if (chance(seed, 'lost', this.deliveries.length) < lost) delivery.state = 'lost'
    this.deliveries.push(delivery)
    this.kept.write({ kind: 'event', delivery })
    if (delivery.state !== 'waiting') return
    if (shuffle === 0) return this.#post(delivery)
    this.#group.push(delivery)
    clearTimeout(this.#groupTimer)
    if (this.#group.length >= shuffle) this.#sendGroup(seed)
    else this.#groupTimer = setTimeout(() => this.#sendGroup(seed), GROUP_WAITS_MS)
  }

  /** Sends all recorded events (again): in order, or shuffled by a seed; as they are, or spoilt. */
  release({ times, seed, skewSeconds, tamper }: Release): number {
    const all = Array.from({ length: times }, () => this.deliveries).flat()
    const ordered = seed === null ? all : shuffled(all, seed)
    for (const delivery of ordered) this.#enqueue(delivery, { skewSeconds, tamper })
    return ordered.length
  }

  /** One of before this process began. */
  recall(delivery: News): void {
    this.deliveries.push(delivery)
  }

  recallState(id: string, state: Delivery['state']): void {
    const delivery = this.deliveries.findLast((each) => each.id === id)
    if (delivery) delivery.state = state
  }

  get untold(): News[] {
    return this.deliveries.filter(({ state }) => state === 'waiting')
  }

  /** Tells what the last process had not told yet, or not known to be heard: receivers know the id. */
  goOn(): void {
    for (const delivery of this.untold) this.#enqueue(delivery)
  }

  /** True while something is being sent or waits for its turn; retries that wait for their time do not count. */
  get busy(): boolean {
    return this.#running > 0 || this.#queue.length > 0 || this.#group.length > 0
  }

  /** Nothing is sent any more, nor tried again. */
  close(): void {
    this.endpoint = null
    clearTimeout(this.#groupTimer)
    this.#queue = []
    this.#agent.destroy()
  }

  #sendGroup(seed: number): void {
    clearTimeout(this.#groupTimer)
    const group = this.#group
    this.#group = []
    for (const delivery of shuffled(group, `${seed}/${this.deliveries.length}`)) this.#post(delivery)
  }

  #post(delivery: News): void {
    const { seed, twice, late, lateMs } = this.faults
    // By its place in the order: ids and times differ from run to run.
    const place = this.deliveries.lastIndexOf(delivery)
    const copies = chance(seed, 'twice', place) < twice ? 2 : 1
    const isLate = chance(seed, 'late', place) < late
    for (let copy = 0; copy < copies; copy++) {
      if (isLate) this.clock.at(this.clock.now() + lateMs, () => this.#enqueue(delivery))
      else this.#enqueue(delivery)
    }
  }

  #enqueue(delivery: News, how = { skewSeconds: 0, tamper: false }): void {
    this.#queue.push(() => this.#attempt(delivery, how))
    this.#next()
  }

  #next(): void {
    while (this.#running < AT_ONCE) {
      const job = this.#queue.shift()
      if (!job) return
      this.#running++
      void job().finally(() => {
        this.#running--
        this.#next()
      })
    }
  }

  async #attempt(delivery: News, how: { skewSeconds: number; tamper: boolean }): Promise<void> {
    const { endpoint } = this
    if (!endpoint) return
    const timestamp = Math.floor(this.clock.now() / 1000) + how.skewSeconds
    const body = how.tamper ? this.manner.spoilt(delivery.body) : delivery.body
    delivery.attempts++
    const status = await this.#send(endpoint.url, body, {
      'content-type': 'application/json; charset=utf-8',
      ...this.manner.headers(delivery, endpoint.secrets, timestamp),
    })
    if (!this.endpoint) return
    delivery.lastStatus = status
    // Any 2xx says thank you.
    if (status !== null && status >= 200 && status < 300) {
      this.#settle(delivery, 'delivered')
      return
    }
    if (how.tamper || how.skewSeconds !== 0 || delivery.state === 'delivered') return
    const wait = this.manner.retriesMs[delivery.attempts - 1]
    if (wait === undefined) this.#settle(delivery, 'given-up')
    else this.clock.at(this.clock.now() + wait, () => this.#enqueue(delivery))
  }

  #settle(delivery: News, state: Delivery['state']): void {
    if (delivery.state === state) return
    delivery.state = state
    this.kept.write({ kind: 'told', id: delivery.id, state })
  }

  /** Not `fetch`, which refuses some ports: the status, or null if no answer came. */
  #send(url: string, body: string, headers: Record<string, string>): Promise<number | null> {
    return new Promise((resolve) => {
      const call = request(
        url,
        {
          method: 'POST',
          agent: this.#agent,
          timeout: PATIENCE_MS,
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        },
        (answer) => {
          answer.resume()
          answer.once('close', () => resolve(answer.statusCode ?? null))
        },
      )
      call.once('timeout', () => call.destroy())
      call.once('error', () => resolve(null))
      call.end(body)
    })
  }
}
