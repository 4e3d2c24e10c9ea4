import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import type { PostAnswer } from '#app/platform/post.server.ts'
import { claimCall, type Claimed } from '#app/mail/claim.server.ts'
import { queueBatch, queueMail, type Cause, type Letter } from '#app/mail/outbox.server.ts'
import { thawed } from './frozen.ts'

// What a test needs to play the sender itself, a step at a time.

export const update: Cause = {
  kind: 'updates.update',
  about: 'update:1',
  lane: 'updates',
  scope: 'marketing',
}
export const receipt: Cause = { kind: 'donations.receipt', about: 'gift:1', lane: 'prompt', scope: 'all' }

export function letterTo(to: string, more: Partial<Letter> = {}): Letter {
  return { from: 'updates@charity.example', to, subject: 'News', html: '<p>News</p>', text: 'News', ...more }
}

/** Puts one message into the outbox and returns its id. */
export function queueOne(cause: Cause, to: string): Promise<string> {
  return inTransaction((tx) => queueMail(tx, cause, letterTo(to)))
}

/** Puts a batch into the outbox and returns the messages' ids. */
export function queueTo(names: string[], cause = update): Promise<string[]> {
  return inTransaction((tx) =>
    queueBatch(
      tx,
      cause,
      names.map((name) => letterTo(`${name}@example.org`)),
    ),
  )
}

/** The provider takes more a second than a test can ask. */
export async function noRateLimit(): Promise<void> {
  const budget = { perSecond: 1_000_000, nextAt: clock.now(), pausedUntil: null, stopped: null }
  await db.mailBudget.upsert({ where: { id: 1 }, create: { id: 1, ...budget }, update: budget })
}

/** Claims as the process `sender` would, until something is claimed or nothing is left to. */
export async function claim(sender = 1, holds = new Set<string>()): Promise<Claimed | undefined> {
  for (;;) {
    const claimed = await claimCall({ sender, holds, upTo: 'updates' })
    if (claimed.outcome === 'claimed') return claimed
    if (claimed.outcome === 'nothing') return undefined
  }
}

/** Claims what must be there to claim. */
export async function mustClaim(sender?: number): Promise<Claimed> {
  const claimed = await claim(sender)
  if (!claimed) throw new Error('Nothing was due')
  return claimed
}

/** Our ids of the messages in a claimed request, in its order, as their tags say. */
export function tagged({ body }: Claimed): (string | undefined)[] {
  const wire = thawed(body) as Wire | Wire[]
  return [wire].flat().map(({ tags }) => tags.find(({ name }) => name === 'message')?.value)
}
type Wire = { to: string[]; tags: { name: string; value: string }[] }

const rate = { perSecond: undefined, retryAfterMs: undefined }

/** The provider's answer that it has taken the messages of a request. */
export function taken(claimed: Claimed): PostAnswer {
  return { outcome: 'taken', ids: tagged(claimed).map((id) => `at-provider-${id}`), rate }
}

/** Its answer with an error of its table; status null: no readable answer came. */
export function error(status: number | null, name = 'application_error'): PostAnswer {
  return { outcome: 'error', status, name, message: '', rate }
}

/** How a message stands. */
export async function standing(id: string | undefined) {
  return db.message.findUniqueOrThrow({ where: { id: id ?? '' }, include: { call: true } })
}

/** Moves the clock, and with it everything that is due. */
export function later(hours: number): void {
  clock.set(new Date(clock.now().getTime() + hours * 3_600_000))
}
