import type { Clock } from '../parts/clock.ts'
import { apiError, type ApiError } from './errors.ts'

/**
 * Requests a second, over all keys of the team, in hard windows without a burst
 * (resend.com/docs/api-reference/rate-limit; headers of draft-ietf-httpapi-ratelimit-headers-06).
 */
export class RateLimit {
  /** The documented default. */
  perSecond = 10
  #window = 0
  #used = 0

  constructor(private readonly clock: Clock) {}

  /** Counts a request. Says what the answer's headers are, and whether it is one too many. */
  count(): { headers: Record<string, string>; allowed: boolean } {
    const window = Math.floor(this.clock.now() / 1000)
    if (window !== this.#window) {
      this.#window = window
      this.#used = 0
    }
    this.#used++
    const allowed = this.#used <= this.perSecond
    return {
      allowed,
      headers: {
        'ratelimit-limit': String(this.perSecond),
        'ratelimit-remaining': String(Math.max(0, this.perSecond - this.#used)),
        'ratelimit-reset': '1',
        'ratelimit-policy': `${this.perSecond};w=1`,
        ...(allowed ? {} : { 'retry-after': '1' }),
      },
    }
  }
}

/**
 * Messages a day and a month, in UTC's days and months, counted by receiver; sent and received ones both count
 * (resend.com/docs/api-reference/rate-limit, "Email Quotas"). No limit unless one is set.
 */
export class Quotas {
  daily: number | null = null
  monthly: number | null = null
  #day = ''
  #usedToday = 0
  #usedThisMonth = 0

  constructor(private readonly clock: Clock) {}

  /** The quota that so many more would exceed; undefined if there is room. */
  exceeded(more: number): ApiError | undefined {
    this.#turn()
    if (this.daily !== null && this.#usedToday + more > this.daily) return apiError('daily_quota_exceeded')
    if (this.monthly !== null && this.#usedThisMonth + more > this.monthly) {
      return apiError('monthly_quota_exceeded')
    }
    return undefined
  }

  use(more: number): void {
    this.#turn()
    this.#usedToday += more
    this.#usedThisMonth += more
  }

  /** The daily figure is sent to those alone who have a daily quota. */
  get headers(): Record<string, string> {
    this.#turn()
    return {
      ...(this.daily === null ? {} : { 'x-resend-daily-quota': String(this.#usedToday) }),
      'x-resend-monthly-quota': String(this.#usedThisMonth),
    }
  }

  #turn(): void {
    const day = new Date(this.clock.now()).toISOString().slice(0, 10)
    if (day === this.#day) return
    if (day.slice(0, 7) !== this.#day.slice(0, 7)) this.#usedThisMonth = 0
    this.#usedToday = 0
    this.#day = day
  }
}
