import { createHash, randomUUID } from 'node:crypto'
import { clock } from '#app/platform/clock.server.ts'
import type { Tx } from '#app/platform/db.server.ts'

/** How a consent was taken back. */
export type Withdrawal = 'one-click' | 'unsubscribe page' | 'preferences' | 'complaint'

/** What somebody says yes to, and how they were asked. */
export type Asking = {
  /** "updates" */
  purpose: string
  /** The words beside the button, exactly. */
  wording: string
  /** The page they stood on: "/updates". */
  given: string
}

/**
 * Puts on record that somebody agreed, in which words, where and when. It is a basis for nothing until the owner of the
 * address has confirmed it. Returns its id.
 */
export async function recordConsent(tx: Tx, supporterId: string, asking: Asking): Promise<string> {
  const wordingId = await recordWording(tx, asking.purpose, asking.wording)
  const { id } = await tx.consent.create({
    data: { supporterId, wordingId, given: asking.given, givenAt: clock.now() },
  })
  return id
}

/** The owner of the address has confirmed it: from now on it is a basis. */
export async function confirmConsent(tx: Tx, id: string): Promise<void> {
  await tx.consent.updateMany({ where: { id, confirmedAt: null }, data: { confirmedAt: clock.now() } })
}

/** Takes a consent back; the first way in which that happened stands. */
export async function withdrawConsent(tx: Tx, id: string, how: Withdrawal): Promise<void> {
  await tx.consent.updateMany({
    where: { id, withdrawnAt: null },
    data: { withdrawnAt: clock.now(), withdrawnBy: how },
  })
}

/** Drops a consent that nobody has confirmed and nothing rests on: it proves nothing, so it is not kept. */
export async function dropUnconfirmed(tx: Tx, id: string): Promise<void> {
  await tx.consent.deleteMany({ where: { id, confirmedAt: null, subscriptions: { none: {} } } })
}

/**
 * Names words by their content. A form carries the mark of the words it showed, so that nobody is recorded as agreeing
 * to words that were changed while they read.
 */
export function wordingMark(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** Words are kept once, under the next version of their purpose; two who are the first to see them agree on it. */
async function recordWording(tx: Tx, purpose: string, text: string): Promise<string> {
  for (;;) {
    const known = await tx.wording.findUnique({ where: { purpose_text: { purpose, text } } })
    if (known) return known.id
    await tx.$executeRaw`
      insert into wording (id, purpose, version, text, first_shown_at)
      select ${randomUUID()}::uuid, ${purpose}, coalesce(max(version), 0) + 1, ${text}, ${clock.now()}::timestamptz
      from wording where purpose = ${purpose}
      on conflict do nothing`
  }
}
