import { randomUUID } from 'node:crypto'
import { clock } from '#app/platform/clock.server.ts'
import type { Reader, Tx } from '#app/platform/db.server.ts'
import { foldEvent } from './events.server.ts'
import type { MessageState } from './message.ts'
import { keepEvidence } from './news.server.ts'
import { lockCall } from './states.server.ts'

/** A message of which nobody knows whether it was taken, without whom it is for. */
export type Uncertain = {
  id: string
  callId: string
  kind: string
  about: string
  since: Date
  reason: string | null
}

/** Every message of which nobody knows whether it was taken, the oldest first. */
export async function listUncertain(reader: Reader): Promise<Uncertain[]> {
  const messages = await reader.message.findMany({
    where: { state: 'uncertain' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return messages.map(({ id, callId, kind, about, stateAt, reason }) => ({
    id,
    callId,
    kind,
    about,
    since: stateAt,
    reason,
  }))
}

export type Settling =
  | { outcome: 'settled' }
  | { outcome: 'unknown' }
  /** Only what nobody knows is a person's to decide. */
  | { outcome: 'not-uncertain'; state: MessageState }

/**
 * Settles an uncertain message as a person has found it to be, noted with their reason as a piece of evidence. It is
 * never sent again; news of the provider's that says more still counts.
 */
export async function settleByPerson(
  tx: Tx,
  messageId: string,
  as: 'accepted' | 'refused',
  why: string,
): Promise<Settling> {
  const seen = await tx.message.findUnique({ where: { id: messageId } })
  if (!seen) return { outcome: 'unknown' }
  await lockCall(tx, seen.callId)
  const { state, providerId } = await tx.message.findUniqueOrThrow({ where: { id: messageId } })
  if (state !== 'uncertain') return { outcome: 'not-uncertain', state }
  const id = `person:${randomUUID()}`
  await keepEvidence(tx, {
    id,
    type: `person.${as}`,
    occurredAt: clock.now(),
    providerId: providerId ?? undefined,
    messageId,
    detail: why,
  })
  await foldEvent(tx, await tx.mailEvent.findUniqueOrThrow({ where: { id } }))
  return { outcome: 'settled' }
}
