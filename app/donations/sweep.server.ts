import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { log } from '#app/platform/log.server.ts'
import { listPaymentNews } from '#app/platform/payments-news.server.ts'
import { readBalance } from './balance.server.ts'
import { askToHear, keepNews } from './inbox.server.ts'
import { moveMark, startingMark } from './sweep-mark.server.ts'

const HOUR_MS = 60 * 60 * 1000
/** Stripe lists no older events. */
const LISTED_MS = 30 * 24 * HOUR_MS

/**
 * Finds what never came: events in Stripe's list that are not here, what waits for too long, and money that moved. Each is
 * looked for whatever becomes of the others; then it throws what went wrong first.
 */
export async function sweep(): Promise<void> {
  // A sandbox may be started without its payment desk.
  if (!env.stripe) return
  const failures: unknown[] = []
  const tried = (looking: Promise<number>) =>
    looking.catch((error: unknown) => {
      failures.push(error)
      return 0
    })
  const found = await tried(readEvents())
  const reminded = await tried(remindOfWaiting())
  if (found + reminded > 0)
    log.warn({ found, reminded }, 'news of Stripe’s had not come, or had not been worked on')
  await readBalance()
  if (failures.length > 0) throw failures[0]
}

/** Keeps the events that Stripe lists and we have not. Returns how many those were. */
async function readEvents(): Promise<number> {
  const at = clock.now()
  const mark = await startingMark('events')
  const since = new Date(mark ? mark.getTime() - HOUR_MS : at.getTime() - LISTED_MS)
  let found = 0
  for await (const news of listPaymentNews(since)) {
    if (await inTransaction((tx) => keepNews(tx, news, 'sweep'))) found++
  }
  await moveMark('events', at)
  return found
}

/** Its job may have been given up after many failures. */
async function remindOfWaiting(): Promise<number> {
  const before = new Date(clock.now().getTime() - HOUR_MS)
  const waiting = await db.stripeEvent.findMany({
    where: { state: 'waiting', receivedAt: { lt: before } },
    select: { id: true },
  })
  for (const { id } of waiting) await inTransaction((tx) => askToHear(tx, id))
  return waiting.length
}
