import { setTimeout as pause } from 'node:timers/promises'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { post } from '#app/platform/post.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { claimCall } from './claim.server.ts'
import { senderNumber } from './sender-lock.server.ts'
import { settleCall } from './settle.server.ts'

/** Requests under way at once in one process: each may hold a hundred messages, a megabyte. */
const AT_ONCE = 4

/** A longer pause is a job for later, not a process that waits. */
const LONGEST_WAIT_MS = 2_000

/**
 * Sends whatever is due until nothing is, then arranges to be called again when something will be. Two processes may do
 * this at once; so may one that is killed at any line: what it held goes out again with the same bytes and key.
 */
export async function sendDue(): Promise<void> {
  const sender = await senderNumber()
  await Promise.all(Array.from({ length: AT_ONCE }, () => sendUntilNothingIsDue(sender)))
  await comeBack()
}

async function sendUntilNothingIsDue(sender: number): Promise<void> {
  for (;;) {
    const claim = await claimCall(sender)
    switch (claim.outcome) {
      case 'claimed': {
        const answer = await post(claim.endpoint as '/emails' | '/emails/batch', claim.body, claim.key)
        await settleCall(claim.callId, claim.attemptId, answer)
        break
      }
      case 'settled':
        break
      case 'wait':
        await pause(Math.min(claim.ms, LONGEST_WAIT_MS))
        break
      case 'nothing':
        return
    }
  }
}

async function comeBack(): Promise<void> {
  const next = await db.mailCall.findFirst({ where: { state: 'waiting' }, orderBy: { dueAt: 'asc' } })
  if (!next) return
  const runAt = next.dueAt > clock.now() ? next.dueAt : clock.now()
  await inTransaction((tx) => enqueue(tx, 'mail.send', {}, { key: 'mail.send', runAt }))
}
