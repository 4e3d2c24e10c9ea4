import { setTimeout as pause } from 'node:timers/promises'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { isEnding } from '#app/platform/lifecycle.server.ts'
import { log } from '#app/platform/log.server.ts'
import { listTaken, readTaken, type Listed } from '#app/platform/post-look-up.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'
import { takePlace } from './budget.server.ts'
import { foldEvent } from './events.server.ts'
import { keepEvidence } from './news.server.ts'

/** What the provider shows does not change after two days of looking; the rest is for its news, or a person. */
const LOOKED_FOR_MS = 48 * 3_600_000

/** The provider's clock and ours may differ by so much. */
const CLOCKS_DIFFER_MS = 300_000

/** A hundred messages each; a look takes no more of the rate than twenty seconds of it. */
const MOST_PAGES = 200

/** A message that we look for: whose, and when it can have been taken. */
type Wanted = { id: string; addressHash: string; from: Date; to: Date }

/**
 * Looks at the provider for messages of which nobody knows whether they were taken, in case its news was lost. Its list
 * tells to whom and when, each single message its tags: only one that bears our tag is believed. What is not found stays
 * uncertain: that it is not listed proves nothing. Returns how many were found.
 */
export async function lookUpUncertain(): Promise<number> {
  const wanted = await whoIsWanted()
  if (wanted.length === 0) return 0
  const ours = new Map(wanted.map((each) => [each.id, each]))
  let found = 0
  for (const { id } of await candidates(wanted)) {
    if (!(await mayAsk())) break
    const taken = await readTaken(id)
    const message = ours.get(taken?.messageId ?? '')
    if (!taken || !message) continue
    await inTransaction(async (tx) => {
      const evidence = {
        id: `look-up:${id}:${taken.lastEvent}`,
        type: `email.${taken.lastEvent}`,
        occurredAt: taken.createdAt,
        providerId: id,
        messageId: message.id,
        detail: undefined,
      }
      await keepEvidence(tx, evidence)
      await foldEvent(tx, await tx.mailEvent.findUniqueOrThrow({ where: { id: evidence.id } }))
    })
    found++
  }
  log.info({ wanted: wanted.length, found }, 'looked up uncertain messages at the provider')
  return found
}

function whoIsWanted(): Promise<Wanted[]> {
  const since = new Date(clock.now().getTime() - LOOKED_FOR_MS)
  return db.$queryRaw<Wanted[]>`
    select m.id, m.address_hash as "addressHash", min(a.at) as "from", max(a.at) as "to"
    from message m join mail_attempt a on a.call_id = m.call_id
    where m.state = 'uncertain' and m.state_at >= ${since}::timestamptz
    group by m.id`
}

/** Those of the provider's messages that went to a wanted address at the right time, and are not known to us. */
async function candidates(wanted: Wanted[]): Promise<Listed[]> {
  const earliest = new Date(Math.min(...wanted.map(({ from }) => from.getTime())) - CLOCKS_DIFFER_MS)
  const latest = new Date(Math.max(...wanted.map(({ to }) => to.getTime())) + CLOCKS_DIFFER_MS)
  const listed = await listBetween(earliest, latest)
  const likely = listed.filter(({ to, createdAt }) =>
    wanted.some(
      (each) =>
        to.length === 1 &&
        addressHash(to[0] ?? '') === each.addressHash &&
        createdAt.getTime() >= each.from.getTime() - CLOCKS_DIFFER_MS &&
        createdAt.getTime() <= each.to.getTime() + CLOCKS_DIFFER_MS,
    ),
  )
  const known = await db.message.findMany({
    where: { providerId: { in: likely.map(({ id }) => id) } },
    select: { providerId: true },
  })
  const ids = new Set(known.map(({ providerId }) => providerId))
  return likely.filter(({ id }) => !ids.has(id))
}

/** The list begins with the newest: we begin at a message of ours that was taken soon after the time in question. */
async function listBetween(earliest: Date, latest: Date): Promise<Listed[]> {
  const after = await db.message.findFirst({
    where: { providerId: { not: null }, call: { firstAttemptAt: { gt: latest } } },
    orderBy: { call: { firstAttemptAt: 'asc' } },
  })
  let cursor = after?.providerId ?? undefined
  const listed: Listed[] = []
  for (let pages = 0; pages < MOST_PAGES && (await mayAsk()); pages++) {
    const page = await listTaken(cursor)
    if (page.outcome === 'none') {
      log.warn({ because: page.name }, 'the provider does not show what it has taken')
      return listed
    }
    listed.push(...page.messages)
    const last = page.messages.at(-1)
    if (!page.hasMore || !last || last.createdAt < earliest) return listed
    cursor = last.id
  }
  return listed
}

/** A place in the one budget, behind all that is to be sent; false when nothing may be asked now. */
async function mayAsk(): Promise<boolean> {
  while (!isEnding()) {
    const place = await inTransaction((tx) => takePlace(tx, 'updates'))
    if (place.outcome === 'now') return true
    if (place.outcome === 'closed') return false
    await pause(Math.min(place.ms, 2_000))
  }
  return false
}
