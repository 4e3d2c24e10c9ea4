import { createHash, randomUUID } from 'node:crypto'
import { clock } from '#app/platform/clock.server.ts'
import type { Tx } from '#app/platform/db.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'
import { freeze } from './frozen.server.ts'
import type { Cause } from './message.ts'
import { wireBytes, type Letter } from './wire.server.ts'

export type { Cause, Letter }

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
  const body = wireBytes(
    endpoint,
    cause,
    letters.map((letter, position) => ({ id: messages[position]?.id ?? '', letter })),
  )
  const frozen = freeze(body)
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
