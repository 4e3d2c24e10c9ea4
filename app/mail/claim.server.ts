import { clock } from '#app/platform/clock.server.ts'
import { inTransaction, type Tx } from '#app/platform/db.server.ts'
import { takePlace, waitForNext } from './budget.server.ts'
import { leaveOut, type Left } from './leave-out.server.ts'
import { mayStillAsk, type Lane } from './message.ts'
import { SENDERS } from './sender-lock.server.ts'
import { leaveUncertain } from './states.server.ts'

/** A call that is ours to ask, now: its attempt is on record. */
export type Claimed = {
  callId: string
  attemptId: string
  sender: number
  endpoint: '/emails' | '/emails/batch'
  key: string
  /** Frozen. */
  body: Uint8Array
  firstAttemptAt: Date
}

export type Claim =
  | ({ outcome: 'claimed' } & Claimed)
  /** Something was settled without a request; look again at once. */
  | { outcome: 'settled' }
  /** Nothing may be asked for so long. */
  | { outcome: 'wait'; ms: number }
  | { outcome: 'nothing' }

/** Who claims: the process's number, the calls that it is asking for just now, and the last lane that it looks after. */
export type Claimer = { sender: number; holds: Set<string>; upTo: Lane }

/**
 * Takes the next call that is due, for this sender: prompt mail first, then letters, then updates. What a sender that
 * died was holding is due at once; so is what this one has let go of without writing down what came of it. The attempt
 * is on record, and the first one dated, before any request leaves.
 */
export async function claimCall(claimer: Claimer): Promise<Claim> {
  let holding: string | undefined
  try {
    return await inTransaction(async (tx) => {
      const id = await nextDue(tx, claimer)
      if (id === undefined) return { outcome: 'nothing' }
      // Before others can see that it is ours, and while nobody else can have it.
      holding = id
      claimer.holds.add(id)
      const claim = await claimThis(tx, id, claimer.sender)
      if (claim.outcome !== 'claimed') claimer.holds.delete(id)
      return claim
    })
  } catch (error) {
    if (holding !== undefined) claimer.holds.delete(holding)
    throw error
  }
}

async function claimThis(tx: Tx, id: string, sender: number): Promise<Claim> {
  // A look without a lock, before a call is read that must wait anyway.
  const ms = await waitForNext(tx)
  if (ms > 0) return { outcome: 'wait', ms }
  const call = await tx.mailCall.findUniqueOrThrow({
    where: { id },
    include: { messages: { orderBy: { position: 'asc' } } },
  })
  const now = clock.now()

  // The provider has forgotten the key, or is about to: asking again could send twice.
  const forgotten = call.firstAttemptAt !== null && !mayStillAsk(call.firstAttemptAt, now)
  if (forgotten || call.body === null) {
    await leaveUncertain(tx, id)
    return { outcome: 'settled' }
  }
  const left = call.firstAttemptAt === null ? await leaveOut(tx, { ...call, body: call.body }) : asItIs(call)
  if (left.outcome === 'none-left') return { outcome: 'settled' }

  const place = await takePlace(tx, call.lane)
  if (place.outcome === 'wait') return { outcome: 'wait', ms: place.ms }
  if (place.outcome === 'closed') {
    await postpone(tx, id, call.lane, place.until)
    return { outcome: 'settled' }
  }
  const firstAttemptAt = call.firstAttemptAt ?? now
  await tx.mailCall.update({ where: { id }, data: { state: 'in_flight', sender, firstAttemptAt } })
  await tx.message.updateMany({
    where: { callId: id, state: 'queued' },
    data: { state: 'sending', stateAt: now },
  })
  const attempt = await tx.mailAttempt.create({ data: { callId: id, at: now } })
  return {
    outcome: 'claimed',
    callId: id,
    attemptId: attempt.id,
    sender,
    endpoint: call.endpoint as Claimed['endpoint'],
    key: left.key,
    body: left.body,
    firstAttemptAt,
  }
}

function asItIs({
  body,
  idempotencyKey,
}: {
  body: Uint8Array<ArrayBuffer> | null
  idempotencyKey: string
}): Left {
  return { outcome: 'left', body: body ?? new Uint8Array(), key: idempotencyKey }
}

/** `for update skip locked`: two senders never look at the same call. */
async function nextDue(tx: Tx, { sender, holds, upTo }: Claimer): Promise<string | undefined> {
  const [next] = await tx.$queryRaw<{ id: string }[]>`
    with waiting as (
      select id, lane, due_at from mail_call
      where state = 'waiting' and lane <= ${upTo}::mail_lane and due_at <= ${clock.now()}::timestamptz
      order by lane, due_at limit 1 for update skip locked),
    let_go as (
      select id, lane, due_at from mail_call
      where state = 'in_flight' and lane <= ${upTo}::mail_lane
        and case when sender = ${sender} then id <> all(${[...holds]}::uuid[]) else not exists (
          select 1 from pg_locks
          where locktype = 'advisory' and granted and classid = ${SENDERS}::int::oid and objid = sender::oid
            and database = (select oid from pg_database where datname = current_database())) end
      order by lane, due_at limit 1 for update skip locked)
    select id from (select * from waiting union all select * from let_go) as due
    order by lane, due_at limit 1`
  return next?.id
}

/**
 * A closed lane is not looked at again every instant; what a dead sender held waits like the rest. Calls that somebody
 * else is looking at are left to them: two who wait for each other would both have to begin again.
 */
async function postpone(tx: Tx, callId: string, lane: Lane, until: Date | undefined): Promise<void> {
  const dueAt = until ?? new Date(clock.now().getTime() + 60_000)
  await tx.mailCall.update({ where: { id: callId }, data: { state: 'waiting', sender: null, dueAt } })
  await tx.$executeRaw`
    update mail_call set due_at = ${dueAt}::timestamptz
    where id in (
      select id from mail_call
      where lane = ${lane}::mail_lane and state = 'waiting' and due_at < ${dueAt}::timestamptz
      for update skip locked)`
}
