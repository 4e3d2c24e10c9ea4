import { createHmac, randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { chance, shuffled } from './chance.ts'
import type { Clock } from './clock.ts'
import type { Kept } from './kept.ts'

/** What is told: `{ type, created_at, data }` (resend.com/docs/webhooks/event-types). */
export type WebhookEvent = {
  type: string
  created_at: string
  data: { email_id: string } & Record<string, unknown>
}

/** One event on its way: its id stays the same over all attempts, so that a receiver knows it again. */
export type Delivery = {
  id: string
  body: string
  type: string
  emailId: string
  attempts: number
  state: 'held' | 'waiting' | 'delivered' | 'given-up'
  lastStatus: number | null
}

/** Where events go. Several secrets while one is being rotated: each signs (Standard Webhooks, "Signature scheme"). */
export type Endpoint = { url: string; secrets: string[] }

/** What the network does to events on their way; every rate from 0 to 1. */
export type WebhookFaults = {
  seed: number
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
  /** Moves the signed timestamp: Standard Webhooks tells receivers to refuse what is more than 300 s off. */
  skewSeconds: number
  /** Changes the body after it was signed. */
  tamper: boolean
}

/** After the failure of the attempt before: webhooks/retries-and-replays. */
const RETRIES_MS = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000]
const PATIENCE_MS = 15_000
const AT_ONCE = 10

/** A group that never fills up is sent after so long, of real time. */
const GROUP_WAITS_MS = 250

/** Signs as Standard Webhooks does (standardwebhooks.com; its svix names): HMAC-SHA256 over `id.timestamp.body`. */
export function signature(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** Sends events to the one endpoint, tries again on the documented schedule, and does to them what it is told to. */
export class Webhooks {
  endpoint: Endpoint | null = null
  faults: WebhookFaults = noWebhookFaults
  readonly deliveries: Delivery[] = []
  #group: Delivery[] = []
  #groupTimer: NodeJS.Timeout | undefined
  #queue: (() => Promise<void>)[] = []
  #running = 0
  readonly #agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })

  constructor(
    private readonly clock: Clock,
    private readonly kept: Kept,
  ) {}

  emit(event: WebhookEvent): void {
    const { hold, seed, shuffle } = this.faults
    const delivery: Delivery = {
      id: `msg_${randomBytes(18).toString('base64url')}`,
      body: JSON.stringify(event),
      type: event.type,
      emailId: event.data.email_id,
      attempts: 0,
      state: hold ? 'held' : 'waiting',
      lastStatus: null,
    }
    this.deliveries.push(delivery)
    this.kept.write({ kind: 'event', delivery })
    if (hold) return
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
  recall(delivery: Delivery): void {
    this.deliveries.push(delivery)
  }

  recallState(id: string, state: Delivery['state']): void {
    const delivery = this.deliveries.findLast((each) => each.id === id)
    if (delivery) delivery.state = state
  }

  get untold(): Delivery[] {
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

  #post(delivery: Delivery): void {
    const { seed, twice, late, lateMs } = this.faults
    const copies = chance(seed, 'twice', delivery.body) < twice ? 2 : 1
    const isLate = chance(seed, 'late', delivery.body) < late
    for (let copy = 0; copy < copies; copy++) {
      if (isLate) this.clock.at(this.clock.now() + lateMs, () => this.#enqueue(delivery))
      else this.#enqueue(delivery)
    }
  }

  #enqueue(delivery: Delivery, how = { skewSeconds: 0, tamper: false }): void {
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

  async #attempt(delivery: Delivery, how: { skewSeconds: number; tamper: boolean }): Promise<void> {
    const { endpoint } = this
    if (!endpoint) return
    const timestamp = Math.floor(this.clock.now() / 1000) + how.skewSeconds
    const signatures = endpoint.secrets.map((secret) =>
      signature(secret, delivery.id, timestamp, delivery.body),
    )
    const body = how.tamper ? delivery.body.replace('"email_id":"', '"email_id":"f') : delivery.body
    delivery.attempts++
    const status = await this.#send(endpoint.url, body, {
      'content-type': 'application/json',
      'user-agent': 'Svix-Webhooks',
      'svix-id': delivery.id,
      'svix-timestamp': String(timestamp),
      'svix-signature': signatures.join(' '),
    })
    if (!this.endpoint) return
    delivery.lastStatus = status
    // Any 2xx says thank you (the OpenAPI file's webhooks).
    if (status !== null && status >= 200 && status < 300) {
      this.#settle(delivery, 'delivered')
      return
    }
    if (how.tamper || how.skewSeconds !== 0 || delivery.state === 'delivered') return
    const wait = RETRIES_MS[delivery.attempts - 1]
    if (wait === undefined) this.#settle(delivery, 'given-up')
    else this.clock.at(this.clock.now() + wait, () => this.#enqueue(delivery))
  }

  #settle(delivery: Delivery, state: Delivery['state']): void {
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
