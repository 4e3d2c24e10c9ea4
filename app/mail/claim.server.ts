import { clock } from '#app/platform/clock.server.ts'
import { inTransaction, type Tx } from '#app/platform/db.server.ts'
import { takePlace } from './budget.server.ts'
import { ASK_AGAIN_WITHIN_MS, type Lane } from './message.ts'
import { keyOf } from './outbox.server.ts'
import { SENDERS } from './sender-lock.server.ts'
import { suppressed } from './suppressions.server.ts'

export type Claim =
  | { outcome: 'claimed'; callId: string; attemptId: string; endpoint: string; key: string; body: Uint8Array }
  /** Something was settled without a request; look again at once. */
  | { outcome: 'settled' }
  /** Nothing may be asked for so long. */
  | { outcome: 'wait'; ms: number }
  | { outcome: 'nothing' }

/**
 * Takes the next call that is due, for this sender: prompt mail first, then letters, then updates. What a sender that
 * died was holding is due at once. The attempt is on record, and the first one dated, before any request leaves.
 */
export function claimCall(sender: number): Promise<Claim> {
  return inTransaction(async (tx) => {
    const next = await nextDue(tx)
    if (!next) return { outcome: 'nothing' }
    const call = await tx.mailCall.findUniqueOrThrow({
      where: { id: next.id },
      include: { messages: { orderBy: { position: 'asc' } } },
    })
    const now = clock.now()

    if (call.firstAttemptAt && now.getTime() - call.firstAttemptAt.getTime() >= ASK_AGAIN_WITHIN_MS) {
      await giveUpAsking(tx, call.id)
      return { outcome: 'settled' }
    }
    let { body, idempotencyKey: key } = call
    if (!call.firstAttemptAt) {
      const left = await leaveOutSuppressed(tx, call)
      if (left.outcome === 'none-left') return { outcome: 'settled' }
      ;({ body, key } = left)
    }
    if (!body) return giveUpAsking(tx, call.id).then(() => ({ outcome: 'settled' as const }))

    const place = await takePlace(tx, call.lane)
    if (place.outcome === 'wait') return { outcome: 'wait', ms: place.ms }
    if (place.outcome === 'closed') {
      await postpone(tx, call.id, call.lane, place.until)
      return { outcome: 'settled' }
    }
    await tx.mailCall.update({
      where: { id: call.id },
      data: { state: 'in_flight', sender, firstAttemptAt: call.firstAttemptAt ?? now },
    })
    await tx.message.updateMany({
      where: { callId: call.id, state: 'queued' },
      data: { state: 'sending', stateAt: now },
    })
    const attempt = await tx.mailAttempt.create({ data: { callId: call.id, at: now } })
    return { outcome: 'claimed', callId: call.id, attemptId: attempt.id, endpoint: call.endpoint, key, body }
  })
}

/** `for update skip locked`: two senders never look at the same call. */
async function nextDue(tx: Tx): Promise<{ id: string } | undefined> {
  const [next] = await tx.$queryRaw<{ id: string }[]>`
    select id from mail_call
    where (state = 'waiting' and due_at <= ${clock.now()}::timestamptz)
       or (state = 'in_flight' and not exists (
            select 1 from pg_locks
            where locktype = 'advisory' and granted and classid = ${SENDERS}::int::oid and objid = sender::oid
              and database = (select oid from pg_database where datname = current_database())))
    order by lane, due_at, id
    limit 1
    for update skip locked`
  return next
}

/**
 * The provider has forgotten the key, or is about to: asking again could send twice. Nobody knows whether the first
 * request was taken, so a person, or the provider's own events, must tell.
 */
async function giveUpAsking(tx: Tx, callId: string): Promise<void> {
  const now = clock.now()
  await tx.mailCall.update({ where: { id: callId }, data: { state: 'uncertain', sender: null } })
  await tx.message.updateMany({
    where: { callId, state: { in: ['queued', 'sending'] } },
    data: { state: 'uncertain', stateAt: now },
  })
}

type WholeCall = {
  id: string
  endpoint: string
  idempotencyKey: string
  body: Uint8Array | null
  messages: { id: string; addressHash: string; scope: 'all' | 'marketing'; state: string }[]
}

/** Only before the first attempt may bytes still change: whoever has left by now is taken out, with the reason. */
async function leaveOutSuppressed(
  tx: Tx,
  call: WholeCall,
): Promise<
  { outcome: 'none-left' } | { outcome: 'left'; body: Uint8Array<ArrayBuffer> | null; key: string }
> {
  const scope = call.messages[0]?.scope ?? 'all'
  const reasons = await suppressed(
    tx,
    call.messages.map((message) => message.addressHash),
    scope,
  )
  const out = call.messages.filter(
    (message) => reasons.has(message.addressHash) || message.state === 'cancelled',
  )
  const body = call.body && Uint8Array.from(call.body)
  if (out.length === 0) return { outcome: 'left', body, key: call.idempotencyKey }

  const now = clock.now()
  for (const message of out) {
    const reason = reasons.get(message.addressHash)
    if (!reason) continue
    await tx.message.update({
      where: { id: message.id },
      data: { state: 'suppressed', reason, stateAt: now },
    })
  }
  if (out.length === call.messages.length) {
    await tx.mailCall.update({ where: { id: call.id }, data: { state: 'cancelled', body: null } })
    return { outcome: 'none-left' }
  }
  const wire = JSON.parse(Buffer.from(body ?? []).toString('utf8')) as unknown[]
  const stay = call.messages.flatMap((message, position) =>
    out.includes(message) ? [] : [{ message, position }],
  )
  const newBody = Uint8Array.from(Buffer.from(JSON.stringify(stay.map(({ position }) => wire[position]))))
  const key = keyOf(call.id, newBody)
  // Those left out move behind the others, so that answer i of the batch is still about message i.
  const order = [...stay.map(({ message }) => message), ...out]
  for (const [position, { id }] of order.entries()) {
    await tx.message.update({ where: { id }, data: { position: position + order.length } })
  }
  for (const [position, { id }] of order.entries())
    await tx.message.update({ where: { id }, data: { position } })
  await tx.mailCall.update({ where: { id: call.id }, data: { body: newBody, idempotencyKey: key } })
  return { outcome: 'left', body: newBody, key }
}

/** A closed lane is not looked at again every instant; what a dead sender held waits like the rest. */
async function postpone(tx: Tx, callId: string, lane: Lane, until: Date | undefined): Promise<void> {
  const dueAt = until ?? new Date(clock.now().getTime() + 60_000)
  await tx.mailCall.update({ where: { id: callId }, data: { state: 'waiting', sender: null, dueAt } })
  await tx.mailCall.updateMany({ where: { lane, state: 'waiting', dueAt: { lt: dueAt } }, data: { dueAt } })
}
