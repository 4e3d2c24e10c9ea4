import { randomUUID } from 'node:crypto'
import { clock } from '#app/platform/clock.server.ts'
import type { Tx } from '#app/platform/db.server.ts'
import { freeze, readFrozen } from './frozen.server.ts'
import { keyOf } from './outbox.server.ts'
import { endCall, endIfNothingIsOpen, moveMessages } from './states.server.ts'

/**
 * The provider refused a call and took nothing of it. A single message is refused for good; a batch is halved into two
 * new calls with keys of their own, until the message that spoilt it stands alone: seven halvings for a hundred.
 */
export async function splitCall(tx: Tx, callId: string, reason: string): Promise<void> {
  const now = clock.now()
  const call = await tx.mailCall.findUniqueOrThrow({
    where: { id: callId },
    include: {
      messages: { where: { state: { in: ['queued', 'sending'] } }, orderBy: { position: 'asc' } },
    },
  })
  const wire = call.body ? await readFrozen(call.body) : []
  if (!Array.isArray(wire) || call.messages.length <= 1) {
    await moveMessages(tx, { id: { in: call.messages.map(({ id }) => id) } }, 'refused', reason)
    await endIfNothingIsOpen(tx, callId)
    return
  }
  const middle = Math.ceil(call.messages.length / 2)
  for (const half of [call.messages.slice(0, middle), call.messages.slice(middle)]) {
    // By its place, not by its turn: a message that has been settled meanwhile stands between the others.
    const body = Buffer.from(JSON.stringify(half.map(({ position }) => wire[position] as unknown)))
    const id = randomUUID()
    await tx.mailCall.create({
      data: {
        id,
        endpoint: call.endpoint,
        lane: call.lane,
        idempotencyKey: keyOf(id, body),
        body: freeze(body),
        dueAt: now,
        createdAt: now,
        halfOfId: callId,
      },
    })
    for (const [position, message] of half.entries()) {
      await tx.message.update({
        where: { id: message.id },
        data: { callId: id, position, state: 'queued', stateAt: now },
      })
    }
  }
  await endCall(tx, callId, 'refused')
}
