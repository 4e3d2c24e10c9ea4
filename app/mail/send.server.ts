import { setTimeout as pause } from 'node:timers/promises'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { isEnding } from '#app/platform/lifecycle.server.ts'
import { log } from '#app/platform/log.server.ts'
import { post, type PostAnswer } from '#app/platform/post.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { remember } from '#app/platform/remember.server.ts'
import { claimCall, type Claim, type Claimed } from './claim.server.ts'
import { thaw } from './frozen.server.ts'
import { mayStillAsk, type Lane } from './message.ts'
import { senderNumber } from './sender-lock.server.ts'
import { settleCall } from './settle.server.ts'

/**
 * Requests under way at once in one process: each may hold a hundred messages, a megabyte. Two are for prompt mail
 * alone: a provider that lets updates hang for half a minute holds up nobody's sign-in.
 */
const PLACES: { upTo: Lane; count: number }[] = [
  { upTo: 'updates', count: 4 },
  { upTo: 'prompt', count: 2 },
]

/** A longer pause is a job for later, not a process that waits. */
const LONGEST_WAIT_MS = 2_000

/** The one sending of this process: who is at work in it, what they hold, and how often they have been called. */
class Sending {
  readonly #holds = new Set<string>()
  readonly #busy = new Map<Lane, number>()
  readonly #atWork = new Set<Promise<void>>()
  readonly #turns = new Map<Lane, Promise<unknown>>()
  #failures: Error[] = []
  #calls = 0

  /** Puts somebody in every free place. False when others were at work already: they take what is new along. */
  fill(sender: number): boolean {
    this.#calls++
    const first = this.#atWork.size === 0
    for (const { upTo, count } of PLACES) {
      const free = count - (this.#busy.get(upTo) ?? 0)
      for (let nth = 0; nth < free; nth++) this.#begin(sender, upTo)
    }
    return first
  }

  /** Resolves when nobody is at work; throws what went wrong first. */
  async end(): Promise<void> {
    while (this.#atWork.size > 0) await Promise.race(this.#atWork)
    const [failure] = this.#failures
    this.#failures = []
    if (failure) throw failure
  }

  #begin(sender: number, upTo: Lane): void {
    const work = this.#work(sender, upTo)
      .catch((error: unknown) => void this.#failures.push(error as Error))
      .finally(() => void this.#atWork.delete(work))
    this.#atWork.add(work)
  }

  async #work(sender: number, upTo: Lane): Promise<void> {
    this.#busy.set(upTo, (this.#busy.get(upTo) ?? 0) + 1)
    try {
      while (!isEnding()) {
        const { claim, calls } = await this.#inTurn(upTo, () => this.#look(sender, upTo))
        if (claim.outcome === 'claimed') await this.#ask(claim)
        // Whoever called since we looked saw this place taken.
        if (claim.outcome === 'nothing' && calls === this.#calls) return
      }
    } finally {
      // In the same instant as the last look: a place that is free is seen to be.
      this.#busy.set(upTo, (this.#busy.get(upTo) ?? 1) - 1)
    }
  }

  /** One of a kind looks at a time, and waits for its place: all would wake at once, for one of them to get it. */
  #inTurn<Seen>(upTo: Lane, look: () => Promise<Seen>): Promise<Seen> {
    const turn = (this.#turns.get(upTo) ?? Promise.resolve()).then(look)
    this.#turns.set(
      upTo,
      turn.catch(() => undefined),
    )
    return turn
  }

  async #look(sender: number, upTo: Lane): Promise<{ claim: Claim; calls: number }> {
    const calls = this.#calls
    if (isEnding()) return { claim: { outcome: 'nothing' }, calls }
    const claim = await claimCall({ sender, holds: this.#holds, upTo })
    if (claim.outcome === 'wait') await pause(Math.min(claim.ms, LONGEST_WAIT_MS))
    return { claim, calls }
  }

  async #ask(claimed: Claimed): Promise<void> {
    try {
      // A process that was frozen in between wakes up here: the key may have been forgotten meanwhile.
      if (!mayStillAsk(claimed.firstAttemptAt, clock.now())) return
      const body = await thaw(claimed.body)
      await writeDown(claimed, await post(claimed.endpoint, body, claimed.key))
    } finally {
      // Let go, whatever happened: a call whose answer could not be written down is asked again.
      this.#holds.delete(claimed.callId)
    }
  }
}

/**
 * Settles a call. An answer that will not be written down, however often it comes, is one that nobody has understood: let
 * go of at once, the call would be the next that is due, and everybody would fail at it before all that came later.
 */
async function writeDown(claimed: Claimed, answer: PostAnswer): Promise<void> {
  try {
    await settleCall(claimed, answer)
  } catch (error) {
    log.error(
      { err: error, callId: claimed.callId },
      'an answer could not be written down: asking again later',
    )
    const rate = { perSecond: undefined, retryAfterMs: undefined }
    await settleCall(claimed, { outcome: 'error', status: null, name: 'not_written_down', message: '', rate })
  }
}

/**
 * Sends whatever is due until nothing is, then arranges to be called again when something will be. Two processes may do
 * this at once; so may one that is killed at any line: what it held goes out again with the same bytes and key.
 */
export async function sendDue(): Promise<void> {
  const sending = remember('mail-sending', () => new Sending())
  if (!sending.fill(await senderNumber())) return
  await sending.end()
  await comeBack()
}

/** Under a key of its own: it must not put off the call of a message that was queued this instant. */
async function comeBack(): Promise<void> {
  const next = await db.mailCall.findFirst({
    where: { state: 'waiting' },
    orderBy: { dueAt: 'asc' },
    select: { dueAt: true },
  })
  if (!next) return
  const runAt = next.dueAt > clock.now() ? next.dueAt : clock.now()
  await inTransaction((tx) => enqueue(tx, 'mail.send', {}, { key: 'mail.send:later', runAt }))
}
