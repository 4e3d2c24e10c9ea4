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
 * Takes the right to make one request now, from the one budget of all processes. Whoever has to wait takes nothing, so
 * that prompt mail which comes meanwhile is next.
 */
export async function takePlace(tx: Tx, lane: Lane): Promise<Place> {
  const now = clock.now()
  const budget = await lockBudget(tx)
  if (budget.stopped !== null) return { outcome: 'closed', until: undefined }
  if (lane !== 'prompt' && budget.pausedUntil && budget.pausedUntil > now) {
    return { outcome: 'closed', until: budget.pausedUntil }
  }
  const ms = budget.nextAt.getTime() - now.getTime()
  if (ms > 0 && ms <= LONGEST_HOLD_MS) return { outcome: 'wait', ms }
  const nextAt = new Date(now.getTime() + 1000 / budget.perSecond)
  await tx.mailBudget.update({ where: { id: 1 }, data: { nextAt } })
  return { outcome: 'now' }
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

async function lockBudget(tx: Tx) {
  await tx.$executeRaw`
    insert into mail_budget (id, per_second, next_at) values (1, ${FIRST_GUESS_PER_SECOND}, ${clock.now()})
    on conflict (id) do nothing`
  await tx.$queryRaw`select id from mail_budget where id = 1 for update`
  return tx.mailBudget.findUniqueOrThrow({ where: { id: 1 } })
}
