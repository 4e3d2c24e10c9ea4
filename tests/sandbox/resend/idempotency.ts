import { createHash } from 'node:crypto'
import type { Clock } from '../parts/clock.ts'
import { apiError, type ApiError } from './errors.ts'

/** resend.com/docs/dashboard/emails/idempotency-keys */
const KEPT_MS = 24 * 60 * 60 * 1000
const LONGEST_KEY = 256

/** A key that was used: `name` is its endpoint and itself. */
export type KeptKey = { name: string; digest: string; since: number; answer: unknown }

export type KeyClaim =
  /** The first to come with this key: it must call `keep` or `release`. Without a key there is nothing to keep. */
  | { outcome: 'first'; keep: (answer: unknown) => KeptKey | null; release: () => void }
  /** The same request as before: the same answer, and nothing is sent. */
  | { outcome: 'replay'; answer: unknown }
  | { outcome: 'refused'; error: ApiError }

/**
 * Idempotency keys: for each endpoint on its own, for 24 hours of the stand-in's clock.
 * Two points that the documents leave open are read carefully: bodies are compared byte by byte, and a refused request
 * leaves no trace under its key.
 */
export class IdempotencyKeys {
  readonly #kept = new Map<string, KeptKey>()
  readonly #inProgress = new Set<string>()

  constructor(private readonly clock: Clock) {}

  /** The keys of requests that have come and are not answered yet. */
  get underWay(): string[] {
    return [...this.#inProgress].map((name) => name.slice(name.lastIndexOf(' ') + 1))
  }

  /** `key` undefined: no header was sent, which is allowed. */
  claim(endpoint: string, key: string | undefined, body: Buffer): KeyClaim {
    if (key === undefined) return { outcome: 'first', keep: () => null, release: () => undefined }
    if (key.length === 0 || key.length > LONGEST_KEY) {
      return { outcome: 'refused', error: apiError('invalid_idempotency_key') }
    }
    const name = `${endpoint} ${key}`
    const digest = createHash('sha256').update(body).digest('base64')
    if (this.#inProgress.has(name)) {
      return { outcome: 'refused', error: apiError('concurrent_idempotent_requests') }
    }
    const kept = this.#kept.get(name)
    if (kept && this.clock.now() - kept.since < KEPT_MS) {
      return kept.digest === digest
        ? { outcome: 'replay', answer: kept.answer }
        : { outcome: 'refused', error: apiError('invalid_idempotent_request') }
    }
    this.#inProgress.add(name)
    return {
      outcome: 'first',
      keep: (answer) => {
        this.#inProgress.delete(name)
        const used = { name, digest, since: this.clock.now(), answer }
        this.recall(used)
        return used
      },
      release: () => {
        this.#inProgress.delete(name)
      },
    }
  }

  /** One that was used, now or before this process began. */
  recall(used: KeptKey): void {
    this.#kept.set(used.name, used)
  }

  /** Those that still answer. */
  get remembered(): KeptKey[] {
    return [...this.#kept.values()].filter(({ since }) => this.clock.now() - since < KEPT_MS)
  }
}
