import { createHash } from 'node:crypto'
import type { Clock } from '../parts/clock.ts'
import type { Answer } from './answer.ts'
import { failure, type Failure } from './errors.ts'
import type { Params } from './form.ts'

/** docs.stripe.com/api/idempotent_requests: keys may be removed once they are at least 24 hours old. */
const KEPT_MS = 24 * 60 * 60 * 1000
const LONGEST_KEY = 255

/** A key that was used, with what it was used for and the first answer, whatever it was. */
export type KeptKey = { key: string; digest: string; since: number; answer: Answer; request: string }

export type KeyClaim =
  /** The first to come with this key: it must call `keep` or `release`. */
  | { outcome: 'first'; keep: (answer: Answer, request: string) => KeptKey | null; release: () => void }
  /** The same request as before: the same answer, and nothing is done. */
  | { outcome: 'replay'; used: KeptKey }
  | { outcome: 'failed'; failure: Failure }

/** Idempotency keys of the account, over all routes (docs.stripe.com/api/idempotent_requests). */
export class IdempotencyKeys {
  readonly #kept = new Map<string, KeptKey>()
  readonly #underWay = new Set<string>()

  constructor(private readonly clock: Clock) {}

  /** The keys of requests that have come and are not answered yet. */
  get underWay(): string[] {
    return [...this.#underWay]
  }

  /** `key` undefined: no header was sent, which is allowed. */
  claim(key: string | undefined, route: string, params: Params): KeyClaim {
    if (key === undefined) return { outcome: 'first', keep: () => null, release: () => undefined }
    if (key === '' || key.length > LONGEST_KEY) return { outcome: 'failed', failure: failure('key_too_long') }
    if (this.#underWay.has(key)) return { outcome: 'failed', failure: failure('key_in_use') }
    const digest = createHash('sha256')
      .update(JSON.stringify([route, params]))
      .digest('base64')
    const used = this.#kept.get(key)
    if (used && this.clock.now() - used.since < KEPT_MS) {
      if (used.digest === digest) return { outcome: 'replay', used }
      const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`
      return { outcome: 'failed', failure: failure('other_parameters', { message }) }
    }
    this.#underWay.add(key)
    return {
      outcome: 'first',
      keep: (answer, request) => {
        this.#underWay.delete(key)
        const kept = { key, digest, since: this.clock.now(), answer, request }
        this.recall(kept)
        return kept
      },
      release: () => void this.#underWay.delete(key),
    }
  }

  /** One that was used, now or before this process began. */
  recall(used: KeptKey): void {
    this.#kept.set(used.key, used)
  }

  /** Those that still answer. */
  get remembered(): KeptKey[] {
    return [...this.#kept.values()].filter(({ since }) => this.clock.now() - since < KEPT_MS)
  }
}
