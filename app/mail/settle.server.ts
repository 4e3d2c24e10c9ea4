import { clock } from '#app/platform/clock.server.ts'
import { inTransaction, type Tx } from '#app/platform/db.server.ts'
import { log } from '#app/platform/log.server.ts'
import type { PostAnswer } from '#app/platform/post.server.ts'
import { assertNever } from '#app/shared/invariant.ts'
import { mayHaveBeenTaken, verdictOn, type Verdict } from './answer.ts'
import { holdAll, learnRate, pauseUntil, stopSending } from './budget.server.ts'
import type { Claimed } from './claim.server.ts'
import { foldNewsOfCall } from './events.server.ts'
import { lighterThan } from './message.ts'
import { splitCall } from './split.server.ts'
import { endCall, leaveUncertain, lockCall } from './states.server.ts'

/** Pauses after an unknown outcome: 1, 2, 4 … seconds, five minutes at the most. */
const LONGEST_PAUSE_MS = 300_000

/** Prompt mail looks this soon whether a used-up allowance was raised. */
const PROMPT_LOOKS_AGAIN_MS = 900_000

/**
 * Writes down what came of an attempt, and what happens next. That a call was taken counts whoever says so; anything
 * else counts only as long as the call is still held by the one who asked: another may have taken over from a process
 * that was thought dead, and know better by now.
 */
export function settleCall(claimed: Claimed, answer: PostAnswer): Promise<void> {
  const { callId, attemptId, sender } = claimed
  return inTransaction(async (tx) => {
    const call = await lockCall(tx, callId)
    const verdict: Verdict = answer.outcome === 'taken' ? { action: 'accepted' } : verdictOn(answer)
    await tx.mailAttempt.update({
      where: { id: attemptId },
      data: {
        answered: clock.now(),
        status: answer.outcome === 'taken' ? 200 : answer.status,
        verdict: verdict.action,
      },
    })
    if (answer.rate.perSecond) await learnRate(tx, answer.rate.perSecond)
    if (answer.outcome === 'taken') return accept(tx, callId, answer.ids)
    if (call.state !== 'in_flight' || call.sender !== sender) return
    await carryOut(tx, claimed, verdict, answer)
  })
}

async function carryOut(tx: Tx, claimed: Claimed, verdict: Verdict, answer: PostAnswer): Promise<void> {
  const { callId, attemptId } = claimed
  switch (verdict.action) {
    case 'accepted':
      return
    case 'ask-again':
      return again(tx, callId, await pauseAfter(tx, callId))
    case 'wait': {
      const ms = answer.rate.retryAfterMs ?? 1000
      if (verdict.because === 'rate') {
        await holdAll(tx, inMs(ms))
        await forgetAttempts(tx, callId)
      }
      return again(tx, callId, ms)
    }
    case 'pause': {
      const until = newAllowance(verdict.because)
      log.error(
        { until, because: verdict.because },
        'the mail allowance is used up: letters and updates wait',
      )
      await pauseUntil(tx, until)
      await forgetAttempts(tx, callId)
      const { lane } = await tx.mailCall.findUniqueOrThrow({ where: { id: callId } })
      const ms = until.getTime() - clock.now().getTime()
      return again(tx, callId, lane === 'prompt' ? Math.min(ms, PROMPT_LOOKS_AGAIN_MS) : ms)
    }
    case 'stop':
      log.error(
        { because: verdict.because },
        'the mail provider refuses us: nothing is sent until a person acts',
      )
      await stopSending(tx, verdict.because)
      await forgetAttempts(tx, callId)
      return again(tx, callId, 60_000)
    case 'refused':
      // Whatever refuses us now may not have been asked when an earlier request, of unknown outcome, was taken.
      if (!verdict.forGood && (await anEarlierOneMayHaveBeenTaken(tx, callId, attemptId))) {
        return leaveUncertain(tx, callId, verdict.because)
      }
      return splitCall(tx, callId, verdict.because)
    case 'halt':
      log.error({ callId, because: verdict.because }, 'the provider knows this key with other bytes')
      return leaveUncertain(tx, callId, verdict.because)
    default:
      return assertNever(verdict)
  }
}

/** The bytes go at once: the provider has them, and is never asked about this call again. */
async function accept(tx: Tx, callId: string, ids: string[]): Promise<void> {
  const lighter = lighterThan('accepted')
  await tx.$executeRaw`
    update message set
      provider_id = coalesce(provider_id, told.id),
      address = null,
      state = case when state = any(${lighter}::message_state[]) then 'accepted' else state end,
      state_at = case when state = any(${lighter}::message_state[]) then ${clock.now()}::timestamptz else state_at end
    from unnest(${ids}::text[]) with ordinality as told(id, nth)
    where call_id = ${callId}::uuid and position = told.nth - 1`
  await endCall(tx, callId, 'accepted')
  // The provider may have told us of them before its answer came.
  await foldNewsOfCall(tx, callId)
}

async function again(tx: Tx, callId: string, ms: number): Promise<void> {
  await tx.mailCall.update({
    where: { id: callId },
    data: { state: 'waiting', sender: null, dueAt: inMs(ms) },
  })
}

/**
 * The provider has said that it took nothing, and no earlier request can have been taken either: nobody has been
 * written to yet. The 23 hours begin anew however long the pause is, and whoever leaves meanwhile is left out.
 */
async function forgetAttempts(tx: Tx, callId: string): Promise<void> {
  if (await anEarlierOneMayHaveBeenTaken(tx, callId)) return
  await tx.mailCall.update({
    where: { id: callId },
    data: { firstAttemptAt: null, sender: null, state: 'waiting' },
  })
  await tx.message.updateMany({
    where: { callId, state: 'sending' },
    data: { state: 'queued', stateAt: clock.now() },
  })
}

async function anEarlierOneMayHaveBeenTaken(tx: Tx, callId: string, but?: string): Promise<boolean> {
  const attempts = await tx.mailAttempt.findMany({ where: { callId, ...(but ? { id: { not: but } } : {}) } })
  return attempts.some(mayHaveBeenTaken)
}

/** Only attempts whose outcome is unknown count: to be told to wait is no attempt at delivery. */
async function pauseAfter(tx: Tx, callId: string): Promise<number> {
  const attempts = await tx.mailAttempt.count({ where: { callId, verdict: 'ask-again' } })
  return Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** Math.min(attempts - 1, 10))
}

/** The provider's days and months are UTC's. */
function newAllowance(because: 'daily-quota' | 'monthly-quota'): Date {
  const now = clock.now()
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  return new Date(because === 'daily-quota' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1))
}

function inMs(ms: number): Date {
  return new Date(clock.now().getTime() + ms)
}
