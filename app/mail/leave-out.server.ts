import type { Tx } from '#app/platform/db.server.ts'
import { freeze, readFrozen } from './frozen.server.ts'
import type { MessageState, Scope } from './message.ts'
import { keyOf } from './outbox.server.ts'
import { endIfNothingIsOpen, moveMessages } from './states.server.ts'
import { suppressed } from './suppressions.server.ts'

type WholeCall = {
  id: string
  idempotencyKey: string
  /** Frozen. */
  body: Uint8Array<ArrayBuffer>
  messages: { id: string; addressHash: string; scope: Scope; state: MessageState; position: number }[]
}

/** What is left of a call: its body, frozen, and its key. */
export type Left = { outcome: 'none-left' } | { outcome: 'left'; body: Uint8Array<ArrayBuffer>; key: string }

/**
 * Takes out of a call whoever has left by now, with the reason, and whoever the provider says has been written to
 * already: a database that was put back may not know it. Only before the first attempt may bytes still change.
 */
export async function leaveOut(tx: Tx, call: WholeCall): Promise<Left> {
  const waiting = call.messages.filter(({ state }) => state === 'queued' || state === 'sending')
  const reasons = await suppressed(
    tx,
    waiting.map(({ addressHash }) => addressHash),
    call.messages[0]?.scope ?? 'all',
  )
  for (const { id, addressHash } of waiting) {
    const reason = reasons.get(addressHash)
    if (reason) await moveMessages(tx, { id }, 'suppressed', reason)
  }
  const stay = waiting.filter(({ addressHash }) => !reasons.has(addressHash))
  if (stay.length === 0) {
    await endIfNothingIsOpen(tx, call.id)
    return { outcome: 'none-left' }
  }
  const asItIs = { outcome: 'left', body: call.body, key: call.idempotencyKey } as const
  if (stay.length === call.messages.length) return asItIs
  const wire = await readFrozen(call.body)
  if (!Array.isArray(wire) || wire.length === stay.length) return asItIs
  const bytes = Buffer.from(JSON.stringify(stay.map(({ position }) => wire[position] as unknown)))
  const body = freeze(bytes)
  const key = keyOf(call.id, bytes)
  await tx.mailCall.update({ where: { id: call.id }, data: { body, idempotencyKey: key } })
  await reorder(tx, [...stay, ...call.messages.filter((message) => !stay.includes(message))])
  return { outcome: 'left', body, key }
}

/** Those left out move behind the others, so that answer i of the batch is still about message i. */
async function reorder(tx: Tx, messages: { id: string }[]): Promise<void> {
  // By way of places that nobody has: two messages never share one, not even for an instant.
  for (const start of [messages.length, 0]) {
    for (const [nth, { id }] of messages.entries()) {
      await tx.message.update({ where: { id }, data: { position: start + nth } })
    }
  }
}
