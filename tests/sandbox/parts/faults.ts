import { chance } from './chance.ts'

/**
 * What can go wrong on purpose. Before anything was taken: the connection is closed (`refuse`), nothing ever comes back
 * (`hang`), too many requests (`rate-limit`), a fault of theirs (`server-error`), that page of their proxy's
 * (`bad-gateway`). After it was taken: the answer is lost (`drop`), never sent (`accepted-hang`), a fault
 * (`accepted-server-error`), or a page of HTML under status 200 (`html`). `delay` answers late, and well.
 */
export const faultNames = [
  'refuse',
  'hang',
  'rate-limit',
  'server-error',
  'bad-gateway',
  'delay',
  'drop',
  'accepted-hang',
  'accepted-server-error',
  'html',
] as const
export type FaultName = (typeof faultNames)[number]

/** One thing to go wrong: a fault, or any error of the table in place of an answer. */
export type Fault<ErrorName extends string> = FaultName | { error: ErrorName }

/** Rates from 0 to 1 that add up to 1 at the most. */
export type Rates = Partial<Record<FaultName, number>>

/** How faults are spread over requests. */
export type FaultPlan = {
  seed: number
  delayMs: number
  /** What chance hangs on beside the seed: the request's key, or how many requests came by that route before it. */
  by: 'key' | 'arrival'
  /** By route, such as `POST /emails/batch`; `*` for every route that has none of its own. */
  routes: Record<string, Rates>
}

export const noFaults: FaultPlan = { seed: 1, delayMs: 1000, by: 'key', routes: {} }

/** Which fault a request meets. */
export class Faults<ErrorName extends string> {
  plan: FaultPlan = noFaults
  #next: { route: string; fault: Fault<ErrorName>; times: number }[] = []
  #tries = new Map<string, number>()

  /** The next requests to a route (`*`: any) meet this, whatever the plan says. */
  script(route: string, fault: Fault<ErrorName>, times: number): void {
    this.#next.push({ route, fault, times })
  }

  /**
   * The fault of this request, or null. Chance is decided by the seed, the key and how often the key has come: the same
   * run again, in whatever order requests arrive, and no request is doomed for ever. A sender whose keys are new at each
   * run has it decided by arrival.
   */
  draw(route: string, key: string | undefined): Fault<ErrorName> | null {
    const scripted = this.#next.find((next) => next.route === route || next.route === '*')
    if (scripted) {
      scripted.times--
      this.#next = this.#next.filter(({ times }) => times > 0)
      return scripted.fault
    }
    const rates = this.plan.routes[route] ?? this.plan.routes['*']
    if (!rates) return null
    const name = this.plan.by === 'arrival' ? route : `${route} ${key ?? ''}`
    const nth = (this.#tries.get(name) ?? 0) + 1
    this.#tries.set(name, nth)
    let left = chance(this.plan.seed, name, nth)
    for (const fault of faultNames) {
      left -= rates[fault] ?? 0
      if (left < 0) return fault
    }
    return null
  }
}

/** Reads a fault from the control API; undefined if there is no such fault. */
export function readFault<ErrorName extends string>(
  value: unknown,
  errorNames: readonly ErrorName[],
): Fault<ErrorName> | undefined {
  if (typeof value === 'string') return faultNames.find((name) => name === value)
  const error = (value as { error?: unknown } | null)?.error
  const name = errorNames.find((known) => known === error)
  return name && { error: name }
}
