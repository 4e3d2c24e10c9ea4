import { clock } from '#app/platform/clock.server.ts'
import type { Reader, Tx } from '#app/platform/db.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import type { Lane } from './message.ts'

/** Until the provider's own headers have spoken. */
const FIRST_GUESS_PER_SECOND = 2

/** The longest pause that the provider's headers are believed in. A place further off is from a clock that was wrong. */
const LONGEST_HOLD_MS = 600_000

export type Place =
  | { outcome: 'now' }
  | { outcome: 'wait'; ms: number }
  /** Nothing of this lane goes out before `until`; undefined: not until a person acts. */
  | { outcome: 'closed'; until: Date | undefined }

/**
 * Of the provider's rate, what we use. It counts in hard seconds and refuses what is one too many; a request that was
 * held up on its way by the length of one place still finds room.
 */
const SHARE = 0.9

/**
 * Takes the right to make one request now, from the one budget of all processes. Whoever has to wait takes nothing, so
 * that prompt mail which comes meanwhile is next; so it is also when somebody else is just about to claim it.
 */
export async function takePlace(tx: Tx, lane: Lane): Promise<Place> {
  const budget = await lockBudget(tx)
  // Only now: others may have held the lock for a while, and places are counted from when they are taken.
  const now = clock.now()
  if (budget.stopped !== null) return { outcome: 'closed', until: undefined }
  if (lane !== 'prompt' && budget.pausedUntil && budget.pausedUntil > now) {
    return { outcome: 'closed', until: budget.pausedUntil }
  }
  const ms = untilPlace(budget.nextAt, now)
  if (ms > 0) return { outcome: 'wait', ms }
  const spacing = 1000 / (budget.perSecond * SHARE)
  if (await moreUrgentIsDue(tx, lane, now)) return { outcome: 'wait', ms: spacing }
  // Counted from when this place was to be taken: who came to it a little late does not make the next one later.
  const late = Math.min(Math.max(0, now.getTime() - budget.nextAt.getTime()), spacing / 4)
  const nextAt = new Date(now.getTime() - late + spacing)
  await tx.mailBudget.update({ where: { id: 1 }, data: { nextAt } })
  return { outcome: 'now' }
}

/** In how many milliseconds the next request may leave at the soonest; 0 when that is now. Takes nothing. */
export async function waitForNext(reader: Reader): Promise<number> {
  const budget = await reader.mailBudget.findUnique({ where: { id: 1 }, select: { nextAt: true } })
  return budget ? untilPlace(budget.nextAt, clock.now()) : 0
}

function untilPlace(nextAt: Date, now: Date): number {
  const ms = nextAt.getTime() - now.getTime()
  return ms > 0 && ms <= LONGEST_HOLD_MS ? ms : 0
}

async function moreUrgentIsDue(tx: Tx, lane: Lane, now: Date): Promise<boolean> {
  if (lane === 'prompt') return false
  const found = await tx.$queryRaw<unknown[]>`
    select 1 from mail_call
    where state = 'waiting' and lane < ${lane}::mail_lane and due_at <= ${now}::timestamptz limit 1`
  return found.length > 0
}

/** How the budget stands, for people. */
export async function readBudget(reader: Reader) {
  const budget = await reader.mailBudget.findUnique({ where: { id: 1 } })
  const now = clock.now()
  return {
    perSecond: budget?.perSecond ?? FIRST_GUESS_PER_SECOND,
    pausedUntil: budget?.pausedUntil && budget.pausedUntil > now ? budget.pausedUntil : null,
    stopped: budget?.stopped ?? null,
  }
}

/** Keeps to the rate that the provider's headers name. */
export async function learnRate(tx: Tx, perSecond: number): Promise<void> {
  await tx.mailBudget.updateMany({ where: { perSecond: { not: perSecond } }, data: { perSecond } })
}

/** Nobody asks the provider anything before this time. */
export async function holdAll(tx: Tx, until: Date): Promise<void> {
  await lockBudget(tx)
  await tx.mailBudget.updateMany({ where: { nextAt: { lt: until } }, data: { nextAt: until } })
}

/** Letters and updates wait for a new day's or month's allowance. */
export async function pauseUntil(tx: Tx, until: Date): Promise<void> {
  await lockBudget(tx)
  await tx.mailBudget.update({ where: { id: 1 }, data: { pausedUntil: until } })
}

/** Nothing is sent any more until a person has acted and called `goOn`. */
export async function stopSending(tx: Tx, why: string): Promise<void> {
  await lockBudget(tx)
  await tx.mailBudget.update({ where: { id: 1 }, data: { stopped: why } })
}

/** A person has seen to it: sending goes on, at once, with what was put off. */
export async function goOn(tx: Tx): Promise<void> {
  await lockBudget(tx)
  await tx.mailBudget.update({ where: { id: 1 }, data: { stopped: null, pausedUntil: null } })
  const now = clock.now()
  await tx.$executeRaw`
    update mail_call set due_at = ${now}::timestamptz
    where id in (
      select id from mail_call where state = 'waiting' and due_at > ${now}::timestamptz for update skip locked)`
  await enqueue(tx, 'mail.send', {}, { key: 'mail.send' })
}

type Budget = { perSecond: number; nextAt: Date; pausedUntil: Date | null; stopped: string | null }

async function lockBudget(tx: Tx): Promise<Budget> {
  const [budget] = await tx.$queryRaw<Budget[]>`
    select per_second as "perSecond", next_at as "nextAt", paused_until as "pausedUntil", stopped
    from mail_budget where id = 1 for update`
  if (budget) return budget
  await tx.$executeRaw`
    insert into mail_budget (id, per_second, next_at) values (1, ${FIRST_GUESS_PER_SECOND}, ${clock.now()})
    on conflict (id) do nothing`
  return lockBudget(tx)
}
