import { clock } from '#app/platform/clock.server.ts'
import type { Prisma, Tx } from '#app/platform/db.server.ts'
import { isOpen, openStates, wasTaken, type MessageState } from './message.ts'

// How messages and calls change their state, so that personal text goes in the same instant as its purpose. Whoever
// locks both locks the call first: two workers then never wait for each other.

/** Locks a call until the transaction ends, and says how it stands. */
export async function lockCall(tx: Tx, callId: string): Promise<{ state: string; sender: number | null }> {
  const [call] = await tx.$queryRaw<{ state: string; sender: number | null }[]>`
    select state::text, sender from mail_call where id = ${callId}::uuid for update`
  if (!call) throw new Error('A message has lost its call')
  return call
}

/** Moves messages to another state; the address goes with the last chance to ask for them. */
export async function moveMessages(
  tx: Tx,
  which: Prisma.MessageWhereInput,
  state: MessageState,
  reason?: string,
): Promise<void> {
  await tx.message.updateMany({
    where: which,
    data: {
      state,
      stateAt: clock.now(),
      ...(reason === undefined ? {} : { reason }),
      ...(isOpen(state) ? {} : { address: null }),
    },
  })
}

/** Ends a call: it is not asked again, so its bytes go. */
export async function endCall(
  tx: Tx,
  callId: string,
  state: 'accepted' | 'refused' | 'cancelled',
): Promise<void> {
  await tx.mailCall.update({ where: { id: callId }, data: { state, sender: null, body: null } })
}

/** Ends a call of which every message has been settled otherwise, by the provider's news or a person. */
export async function endIfNothingIsOpen(tx: Tx, callId: string): Promise<boolean> {
  const messages = await tx.message.findMany({ where: { callId }, select: { state: true } })
  if (messages.some(({ state }) => isOpen(state))) return false
  const taken = messages.some(({ state }) => wasTaken(state))
  const refused = messages.some(({ state }) => state === 'refused')
  await endCall(tx, callId, taken ? 'accepted' : refused ? 'refused' : 'cancelled')
  return true
}

/** Nobody knows whether the call was taken, and nobody asks again: those of its messages that are open are uncertain. */
export async function leaveUncertain(tx: Tx, callId: string, reason?: string): Promise<void> {
  if (await endIfNothingIsOpen(tx, callId)) return
  await tx.mailCall.update({ where: { id: callId }, data: { state: 'uncertain', sender: null } })
  await moveMessages(tx, { callId, state: { in: openStates } }, 'uncertain', reason)
}
