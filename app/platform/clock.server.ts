import { env } from './env.server.ts'
import { remember } from './remember.server.ts'

/**
 * The product's only source of time. Normally the machine's clock; in sandbox, `CLOCK` sets where it starts, and the
 * sandbox's tools and tests may move it. Time always runs on from there.
 */
class Clock {
  #aheadMs: number

  constructor(start: Date | undefined) {
    this.#aheadMs = start ? start.getTime() - Date.now() : 0
  }

  now(): Date {
    return new Date(Date.now() + this.#aheadMs)
  }

  /** The machine's own time at one of this clock's: for what keeps time by itself, such as the queue. */
  onTheWall(time: Date): Date {
    return new Date(time.getTime() - this.#aheadMs)
  }

  /** Moves the clock, in sandbox only. */
  set(time: Date): void {
    if (env.mode !== 'sandbox') throw new Error('The clock can only be set in sandbox')
    this.#aheadMs = time.getTime() - Date.now()
  }
}

export const clock = remember('clock', () => new Clock(env.clock))
