import { clock } from '#app/platform/clock.server.ts'
import { inTransaction, type Tx } from '#app/platform/db.server.ts'
import { log } from '#app/platform/log.server.ts'
import type { PostAnswer } from '#app/platform/post.server.ts'
import { assertNever } from '#app/shared/invariant.ts'
import { verdictOn, type Verdict } from './answer.ts'
import { holdAll, learnRate, pauseUntil, stopSending } from './budget.server.ts'
import { foldEvents } from './events.server.ts'
import { foldState } from './message.ts'
import { splitCall } from './split.server.ts'

/** Pauses after an unknown outcome: 1, 2, 4 … seconds, five minutes at the most. */
const LONGEST_PAUSE_MS = 300_000

/** Writes down what came of an attempt, and what happens next. */
export function settleCall(callId: string, attemptId: string, answer: PostAnswer): Promise<void> {
  return inTransaction(async (tx) => {
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
    await carryOut(tx, callId, verdict, answer)
  })
}

async function carryOut(tx: Tx, callId: string, verdict: Verdict, answer: PostAnswer): Promise<void> {
  switch (verdict.action) {
    case 'accepted':
      return accept(tx, callId, answer.outcome === 'taken' ? answer.ids : [])
    case 'ask-again':
      return again(tx, callId, await pauseAfter(tx, callId))
    case 'wait': {
      const ms = answer.rate.retryAfterMs ?? 1000
      if (verdict.because === 'rate') await holdAll(tx, inMs(ms))
      return again(tx, callId, ms)
    }
    case 'pause': {
      const until = newAllowance(verdict.because)
      log.error(
        { until, because: verdict.because },
        'the mail allowance is used up: letters and updates wait',
      )
      await pauseUntil(tx, until)
      return again(tx, callId, until.getTime() - clock.now().getTime())
    }
    case 'stop':
      log.error(
        { because: verdict.because },
        'the mail provider refuses us: nothing is sent until a person acts',
      )
      await stopSending(tx, verdict.because)
      return again(tx, callId, 60_000)
    case 'refused':
      return splitCall(tx, callId, verdict.because)
    case 'halt':
      log.error({ callId, because: verdict.because }, 'the provider knows this key with other bytes')
      return uncertain(tx, callId, verdict.because)
    default:
      return assertNever(verdict)
  }
}

async function accept(tx: Tx, callId: string, ids: string[]): Promise<void> {
  const now = clock.now()
  const messages = await tx.message.findMany({ where: { callId }, orderBy: { position: 'asc' } })
  for (const [position, providerId] of ids.entries()) {
    const message = messages[position]
    if (!message) continue
    const state = foldState(message.state, 'accepted')
    await tx.message.update({
      where: { id: message.id },
      data: { providerId, ...(state === message.state ? {} : { state, stateAt: now }) },
    })
  }
  await tx.mailCall.update({ where: { id: callId }, data: { state: 'accepted', sender: null } })
  // The provider may have told us of them before its answer came.
  await foldEvents(tx, { providerId: { in: ids } })
}

async function again(tx: Tx, callId: string, ms: number): Promise<void> {
  await tx.mailCall.update({
    where: { id: callId },
    data: { state: 'waiting', sender: null, dueAt: inMs(ms) },
  })
}

async function uncertain(tx: Tx, callId: string, reason: string): Promise<void> {
  await tx.mailCall.update({ where: { id: callId }, data: { state: 'uncertain', sender: null } })
  await tx.message.updateMany({
    where: { callId, state: { in: ['queued', 'sending'] } },
    data: { state: 'uncertain', reason, stateAt: clock.now() },
  })
}

async function pauseAfter(tx: Tx, callId: string): Promise<number> {
  const attempts = await tx.mailAttempt.count({ where: { callId } })
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
