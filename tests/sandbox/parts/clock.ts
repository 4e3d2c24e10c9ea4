type Job = { at: number; run: () => void }

/** setTimeout holds no longer wait than this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * The stand-in's own time, and what it has to do later. It runs on from wherever it is set; what falls due when it is
 * set forward is done at once, in its order.
 */
export class Clock {
  #aheadMs = 0
  #jobs: Job[] = []
  #timer: NodeJS.Timeout | undefined

  now(): number {
    return Date.now() + this.#aheadMs
  }

  /** Sets the time, as milliseconds since 1970. */
  set(time: number): void {
    this.#aheadMs = time - Date.now()
    this.#runDue()
  }

  /** Does something at that time, or at the next turn if it has passed. */
  at(time: number, run: () => void): void {
    let place = this.#jobs.length
    while (place > 0 && (this.#jobs[place - 1]?.at ?? 0) > time) place--
    this.#jobs.splice(place, 0, { at: time, run })
    if (place === 0) this.#wait()
  }

  /** Forgets everything it had to do. */
  clear(): void {
    this.#jobs = []
    clearTimeout(this.#timer)
  }

  #runDue(): void {
    const now = this.now()
    const later = this.#jobs.findIndex((job) => job.at > now)
    const due = this.#jobs.splice(0, later === -1 ? this.#jobs.length : later)
    for (const job of due) job.run()
    this.#wait()
  }

  #wait(): void {
    clearTimeout(this.#timer)
    const [next] = this.#jobs
    if (!next) return
    const ms = Math.max(0, Math.min(next.at - this.now(), LONGEST_TIMER_MS))
    this.#timer = setTimeout(() => this.#runDue(), ms).unref()
  }
}
