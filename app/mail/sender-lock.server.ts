import { randomInt } from 'node:crypto'
import { holdForLife } from '#app/platform/lifeline.server.ts'
import { remember } from '#app/platform/remember.server.ts'

/** The first half of the advisory locks by which living senders are known. */
export const SENDERS = 7_205_002

/**
 * This process's number as a sender of mail, for as long as it lives. What a sender held in flight is taken over the
 * instant that it is gone, and never from one who is still waiting for an answer.
 */
export async function senderNumber(): Promise<number> {
  const sender = remember('sender', (): { number?: Promise<number> } => ({}))
  sender.number ??= takeNumber().catch((error: unknown) => {
    delete sender.number
    throw error
  })
  return sender.number
}

async function takeNumber(): Promise<number> {
  for (;;) {
    const number = randomInt(1, 2 ** 31 - 1)
    if (await holdForLife(SENDERS, number)) return number
  }
}
