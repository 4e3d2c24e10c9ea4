import { clock } from './clock.server.ts'
import type { Reader, Tx } from './db.server.ts'
import { keyedHash } from './tokens.server.ts'

/** So many times in so long: `{ times: 5, perSeconds: 3600 }` lets five through at once, then one every 12 minutes. */
export type Allowance = { times: number; perSeconds: number }

export type LimitResult = { outcome: 'allowed' } | { outcome: 'limited'; retryAfterSeconds: number }

/**
 * Counts one use of `what` by `who` against an allowance, over all processes. Leaky bucket as in GCRA (ITU-T I.371):
 * one row, one statement, so that two requests at the same instant cannot both take the last place.
 * `who` is stored only as a keyed hash.
 */
export async function takeFrom(
  reader: Reader,
  what: string,
  who: string,
  { times, perSeconds }: Allowance,
): Promise<LimitResult> {
  const key = keyedHash(`limit:${what}`, who)
  const now = clock.now()
  const step = perSeconds / times
  const taken = await reader.$queryRaw<{ full_again: Date }[]>`
    insert into rate_limit as held (key, full_again)
    values (${key}, ${now}::timestamptz + make_interval(secs => ${step}))
    on conflict (key) do update
      set full_again = greatest(held.full_again, ${now}::timestamptz) + make_interval(secs => ${step})
      where greatest(held.full_again, ${now}::timestamptz)
            <= ${now}::timestamptz + make_interval(secs => ${perSeconds - step})
    returning full_again`
  if (taken.length > 0) return { outcome: 'allowed' }
  const held = await reader.rateLimit.findUnique({ where: { key } })
  const waitMs = (held?.fullAgain.getTime() ?? 0) - now.getTime() - (perSeconds - step) * 1000
  return { outcome: 'limited', retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) }
}

/** Forgets allowances that are whole again. Returns how many. */
export async function pruneLimits(tx: Tx): Promise<number> {
  const { count } = await tx.rateLimit.deleteMany({ where: { fullAgain: { lt: clock.now() } } })
  return count
}
