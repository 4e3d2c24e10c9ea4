import { randomBytes } from 'node:crypto'
import type Stripe from 'stripe'

/** What a session was asked for and does not show: what is paid for, and what its payment will say of itself. */
export type Plan = {
  object: 'plan'
  id: string
  description: string | null
  line_items: Stripe.LineItem[]
  metadata: Stripe.Metadata
  receipt_email: string | null
  statement_descriptor: string | null
  statement_descriptor_suffix: string | null
}

/** What falls due by the clock. It is data, so that it is not forgotten when the process ends. */
export type Job = {
  object: 'job'
  id: string
  at: number
  what: 'settle' | 'clear' | 'bounce' | 'expire' | 'arrive' | 'lapse' | 'mature'
  about: string
}

export type Thing =
  | Stripe.Customer
  | Stripe.Checkout.Session
  | Stripe.PaymentIntent
  | Stripe.Charge
  | Stripe.BalanceTransaction
  | Stripe.Refund
  | Stripe.Dispute
  | Stripe.Event
  | Plan
  | Job

type Kind = Thing['object']
export type Of<K extends Kind> = Extract<Thing, { object: K }>

/** What one turn of the stand-in changed. */
export type Changes = { changed: Thing[]; gone: string[] }

/** Every object, by id and by kind, in the order in which it came. */
export class Store {
  readonly #byId = new Map<string, Thing>()
  readonly #byKind = new Map<Kind, Map<string, Thing>>()
  #changed = new Map<string, Thing>()
  #gone = new Set<string>()

  save<T extends Thing>(thing: T): T {
    this.recall(thing)
    this.#changed.set(thing.id, thing)
    this.#gone.delete(thing.id)
    return thing
  }

  remove(id: string): void {
    this.forget(id)
    this.#changed.delete(id)
    this.#gone.add(id)
  }

  find(id: string): Thing | undefined {
    return this.#byId.get(id)
  }

  findOf<K extends Kind>(kind: K, id: string): Of<K> | undefined {
    return this.#byKind.get(kind)?.get(id) as Of<K> | undefined
  }

  /** The plan of a session. */
  planOf(session: string): Plan | undefined {
    return this.findOf('plan', planIdOf(session))
  }

  newestFirst<K extends Kind>(kind: K): Of<K>[] {
    return ([...(this.#byKind.get(kind)?.values() ?? [])] as Of<K>[]).reverse()
  }

  /** What has changed since this was asked last. */
  takeChanges(): Changes {
    const changes = { changed: [...this.#changed.values()], gone: [...this.#gone] }
    this.#changed = new Map()
    this.#gone = new Set()
    return changes
  }

  /** One of before this process began. */
  recall(thing: Thing): void {
    this.#byId.set(thing.id, thing)
    const kind = this.#byKind.get(thing.object) ?? new Map<string, Thing>()
    this.#byKind.set(thing.object, kind.set(thing.id, thing))
  }

  forget(id: string): void {
    const thing = this.#byId.get(id)
    if (thing) this.#byKind.get(thing.object)?.delete(id)
    this.#byId.delete(id)
  }

  get everything(): Thing[] {
    return [...this.#byId.values()]
  }
}

export function planIdOf(session: string): string {
  return `plan_${session}`
}

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(18).toString('base64url').replace(/[-_]/g, 'x')}`
}

/** The id of what Stripe writes as an id or, where it is expanded, as a whole. In the store it is always an id. */
export function idOf(ref: string | { id: string } | null | undefined): string {
  return typeof ref === 'string' ? ref : (ref?.id ?? '')
}
