import { Clock } from '../parts/clock.ts'
import { Faults } from '../parts/faults.ts'
import { Kept } from '../parts/kept.ts'
import type { Delivery, NewsEntry } from '../parts/post.ts'
import { Account } from './account.ts'
import type { ErrorName } from './errors.ts'
import { IdempotencyKeys, type KeptKey } from './idempotency.ts'
import { doJob } from './jobs.ts'
import { newId, Store, type Changes, type Job } from './store.ts'
import { Webhooks } from './webhooks.ts'

/** One thing that happened, of those that must outlive the process: a turn is there whole or not at all. */
export type Entry = NewsEntry<Delivery> | ({ kind: 'turn'; key: KeptKey | null } & Changes)

/** Who made it happen: an API request, or nobody that the API knows (docs.stripe.com/api/events/object, `request`). */
export type Cause = { id: string | null; idempotency_key: string | null }

/** Everything that one stand-in knows. All of it is in memory; `kept` has it on disk too. */
export class StandIn {
  readonly clock = new Clock()
  readonly account = new Account()
  readonly store = new Store()
  readonly faults = new Faults<ErrorName>()
  readonly keys = new IdempotencyKeys(this.clock)
  readonly webhooks: Webhooks
  cause: Cause = { id: null, idempotency_key: null }

  constructor(readonly kept = new Kept<Entry>(undefined)) {
    this.webhooks = new Webhooks(this.clock, kept)
  }

  /** Now, as Stripe writes times. */
  get seconds(): number {
    return Math.floor(this.clock.now() / 1000)
  }

  /** Something to be done later, and again after a restart if it was not. */
  plan(what: Job['what'], about: string, at: number): void {
    this.goOnWith(this.store.save({ object: 'job', id: newId('job'), at, what, about }))
  }

  goOnWith(job: Job): void {
    this.clock.at(job.at, () => {
      if (!this.store.findOf('job', job.id)) return
      this.store.remove(job.id)
      doJob(this, job)
      this.commit()
    })
  }

  /** The end of a turn: what changed is on disk before anybody hears of it. */
  commit(key: KeptKey | null = null): void {
    const changes = this.store.takeChanges()
    if (changes.changed.length > 0 || changes.gone.length > 0 || key) {
      this.kept.write({ kind: 'turn', key, ...changes })
    }
    for (const thing of changes.changed) if (thing.object === 'event') this.webhooks.emit(thing)
  }

  /** Brings back what was kept, and goes on where the last process ended. */
  recall(entries: Entry[]): void {
    for (const entry of entries) {
      switch (entry.kind) {
        case 'turn':
          for (const thing of entry.changed) this.store.recall(thing)
          for (const id of entry.gone) this.store.forget(id)
          if (entry.key) this.keys.recall(entry.key)
          break
        case 'event':
          this.webhooks.recall(entry.delivery)
          break
        case 'told':
          this.webhooks.recallState(entry.id, entry.state)
          break
      }
    }
    for (const job of this.store.newestFirst('job').reverse()) this.goOnWith(job)
    this.webhooks.goOn()
  }

  /** What is still of use of all that is known. */
  get worthKeeping(): Entry[] {
    return [
      ...this.webhooks.untold.map((delivery): Entry => ({ kind: 'event', delivery })),
      { kind: 'turn', key: null, changed: this.store.everything, gone: [] },
      ...this.keys.remembered.map((key): Entry => ({ kind: 'turn', key, changed: [], gone: [] })),
    ]
  }
}
