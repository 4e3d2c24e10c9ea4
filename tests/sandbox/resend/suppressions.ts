import { randomUUID } from 'node:crypto'
import type { Clock } from '../parts/clock.ts'
import type { Kept } from '../parts/kept.ts'
import type { Entry } from './entries.ts'

export type Origin = 'bounce' | 'complaint' | 'manual'

/** One address that the team's mail no longer goes to (api-reference/suppressions/get-suppression). */
export type Suppression = {
  object: 'suppression'
  id: string
  email: string
  origin: Origin
  /** The message that bounced or was complained of. */
  source_id: string | null
  created_at: string
}

/**
 * The team's suppression list, over all its domains (dashboard/emails/email-suppressions): hard bounces and complaints
 * come onto it by themselves.
 */
export class Suppressions {
  readonly #byAddress = new Map<string, Suppression>()
  readonly #byId = new Map<string, Suppression>()

  constructor(
    private readonly clock: Clock,
    private readonly kept: Kept<Entry>,
  ) {}

  get newestFirst(): Suppression[] {
    return [...this.#byAddress.values()].reverse()
  }

  /** Adds an address; one that is there already stays as it is. */
  add(address: string, origin: Origin, sourceId: string | null): Suppression {
    const there = this.find(address)
    if (there) return there
    const suppression: Suppression = {
      object: 'suppression',
      id: randomUUID(),
      email: address.toLowerCase(),
      origin,
      source_id: sourceId,
      created_at: new Date(this.clock.now()).toISOString(),
    }
    this.recall(suppression)
    this.kept.write({ kind: 'suppressed', suppression })
    return suppression
  }

  /** One that was added before this process began. */
  recall(suppression: Suppression): void {
    this.#byAddress.set(suppression.email, suppression)
    this.#byId.set(suppression.id, suppression)
  }

  find(idOrAddress: string): Suppression | undefined {
    const wanted = idOrAddress.toLowerCase()
    return this.#byAddress.get(wanted) ?? this.#byId.get(wanted)
  }

  remove(idOrAddress: string): Suppression | undefined {
    const suppression = this.find(idOrAddress)
    this.#byAddress.delete(suppression?.email ?? '')
    this.#byId.delete(suppression?.id ?? '')
    if (suppression) this.kept.write({ kind: 'released', id: suppression.id })
    return suppression
  }
}
