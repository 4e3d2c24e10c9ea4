import { createHash, randomUUID } from 'node:crypto'
import { clock } from '#app/platform/clock.server.ts'
import type { Tx } from '#app/platform/db.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'
import { freeze } from './frozen.server.ts'
import type { Lane, Scope } from './message.ts'

/** A message ready to go: everything that the receiver will see, as it will be seen. */
export type Letter = {
  /** `Name <address>` */
  from: string
  to: string
  replyTo?: string
  subject: string
  html: string
  text: string
  headers?: Record<string, string>
}

/** Why and about what a message is sent, for the timeline and the law. */
export type Cause = {
  /** The template: "updates.confirm-subscription". */
  kind: string
  /** What it is about: "subscription:ID". */
  about: string
  lane: Lane
  scope: Scope
}

/** The largest batch that the provider takes (resend.com/docs/api-reference/emails/send-batch-emails). */
export const BATCH_LIMIT = 100

/**
 * Puts one message into the outbox, **in the caller's transaction**: it is sent if and only if the change that asks for
 * it is kept, and then once. Returns its id.
 */
export async function queueMail(tx: Tx, cause: Cause, letter: Letter): Promise<string> {
  const [id] = await queueCall(tx, '/emails', cause, [letter])
  return id ?? ''
}

/** Puts up to a hundred messages of one kind into the outbox as one call, each to one person. Returns their ids, in order. */
export function queueBatch(tx: Tx, cause: Cause, letters: Letter[]): Promise<string[]> {
  if (letters.length === 0 || letters.length > BATCH_LIMIT) {
    throw new RangeError(`A batch holds 1 to ${BATCH_LIMIT} messages, not ${letters.length}`)
  }
  return queueCall(tx, '/emails/batch', cause, letters)
}

async function queueCall(
  tx: Tx,
  endpoint: '/emails' | '/emails/batch',
  cause: Cause,
  letters: Letter[],
): Promise<string[]> {
  const now = clock.now()
  const callId = randomUUID()
  const messages = letters.map(({ to }) => ({ id: randomUUID(), address: to, addressHash: addressHash(to) }))
  const wire = letters.map((letter, position) => wireOf(letter, cause, messages[position]?.id ?? ''))
  const body = Buffer.from(JSON.stringify(endpoint === '/emails' ? wire[0] : wire))
  const frozen = await freeze(body)
  // In SQL: a batch is a hundred rows, and an update is hundreds of batches.
  await tx.$executeRaw`
    insert into mail_call (id, endpoint, lane, idempotency_key, body, due_at, created_at)
    values (${callId}::uuid, ${endpoint}, ${cause.lane}::mail_lane, ${keyOf(callId, body)}, ${frozen}, ${now}, ${now})`
  await tx.$executeRaw`
    insert into message
      (id, kind, lane, scope, about, address_hash, address, call_id, position, created_at, state_at)
    select id, ${cause.kind}, ${cause.lane}::mail_lane, ${cause.scope}::mail_scope, ${cause.about}, hash, address,
           ${callId}::uuid, nth - 1, ${now}, ${now}
    from unnest(${messages.map(({ id }) => id)}::uuid[], ${messages.map((one) => one.addressHash)}::text[],
                ${messages.map(({ address }) => address)}::text[])
         with ordinality as each (id, hash, address, nth)`
  await enqueue(tx, 'mail.send', {}, { key: 'mail.send' })
  return messages.map((message) => message.id)
}

/** The key names the call and its bytes: other bytes could never go out under it unnoticed. */
export function keyOf(callId: string, body: Uint8Array): string {
  return `courage/${callId}/${createHash('sha256').update(body).digest('hex').slice(0, 12)}`
}

/** One `to` and never a copy: nobody learns who else was written to. The tag finds the message again by its events. */
function wireOf(letter: Letter, cause: Cause, messageId: string) {
  return {
    from: letter.from,
    to: [letter.to],
    ...(letter.replyTo ? { reply_to: letter.replyTo } : {}),
    subject: letter.subject,
    html: letter.html,
    text: letter.text,
    headers: letter.headers ?? {},
    tags: [
      { name: 'message', value: messageId },
      { name: 'kind', value: cause.kind.replaceAll('.', '_') },
    ],
  }
}
