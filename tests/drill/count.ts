import { db } from '#app/platform/db.server.ts'
import type { LogLine } from '../sandbox/resend/log-line.ts'
import type { PostOffice } from '../support/post-office.ts'
import type { Subscriber } from '../support/subscribers.ts'
import type { Findings } from './run.ts'
import type { Kill } from './updates.ts'

/** Somebody left, and when that was on record. */
export type Leaving = { person: Subscriber; at: Date }

/** Counts at the post office's log who got the update how often, and asks the house about everybody who did not. */
export async function countUpdates(
  post: PostOffice,
  people: Subscriber[],
  kills: Kill[],
  leavings: Leaving[],
): Promise<Findings> {
  const log = (await post.log()).filter(({ route }) => route === 'POST /emails/batch')
  const deliveries = await db.delivery.findMany()
  const deliveryOf = new Map(deliveries.map((delivery) => [delivery.addressHash, delivery]))
  const messages = await db.message.findMany({ include: { call: { select: { firstAttemptAt: true } } } })
  const messageOf = new Map(messages.map((message) => [message.id, message]))
  const byTag = tally(log.flatMap(({ accepted }) => accepted.map(({ tags }) => tags['message'] ?? '')))
  const byAddress = tally(log.flatMap(({ accepted }) => accepted.flatMap(({ to }) => to)))

  const skipped = new Map<string, number>()
  const [missing, twice, unexplained, late] = [[], [], [], []] as [string[], string[], string[], string[]]
  for (const { address, addressHash } of people) {
    const delivery = deliveryOf.get(addressHash)
    const message = messageOf.get(delivery?.messageId ?? '')
    const times = Math.max(byAddress.get(address) ?? 0, byTag.get(message?.id ?? '') ?? 0)
    const reason = delivery?.skipped ?? (message?.state === 'suppressed' ? message.reason : null)
    if (times > 1) twice.push(address)
    if (times === 0 && !reason) missing.push(address)
    if (times > 0 && message?.state !== 'accepted') unexplained.push(address)
    if (times === 0 && reason) skipped.set(reason, (skipped.get(reason) ?? 0) + 1)
  }
  for (const { person, at } of leavings) {
    const delivery = deliveryOf.get(person.addressHash)
    const first = messageOf.get(delivery?.messageId ?? '')?.call.firstAttemptAt
    if (byAddress.has(person.address) && first && first > at) late.push(person.address)
  }
  const attempts = await db.mailAttempt.findMany({ orderBy: { at: 'asc' } })
  const unanswered = new Set(attempts.filter(({ answered }) => !answered).map(({ id }) => id))
  const within = kills.filter(({ open }) => open.some((id) => unanswered.has(id))).length
  const heard = log.length - (attempts.length - unanswered.size)
  const atOnce = askedAtOnce(attempts)
  const sum = [...skipped.values()].reduce((all, one) => all + one, 0)

  return {
    table: [
      ['people in the audience', people.length],
      ['accepted at the post office', byAddress.size],
      ['missing', missing.length],
      ['twice', twice.length],
      ['left out, with the reason', `${sum}${inWords(skipped)}`],
      ['neither sent once nor left out for a reason', unexplained.length],
      ['left while it was sent', leavings.length],
      ['of these, first asked for after they had left', late.length],
      ['kills', kills.length],
      ['of these, between an attempt and its answer', `${within} (${share(within, kills.length)})`],
      ['attempts', attempts.length],
      ['of these, cut off by a kill', `${unanswered.size}, of which the post office had heard ${heard}`],
      ['calls asked for twice at once', atOnce],
      ['answered from the key', count(log, ({ outcome }) => outcome === 'replayed')],
      ['answers that were dropped', count(log, ({ fault }) => fault === 'drop')],
      ['429 met', count(log, ({ status, fault }) => status === 429 || fault === 'rate-limit')],
      ['5xx met', count(log, ({ fault }) => Boolean(fault?.endsWith('server-error')))],
    ],
    wrong: [
      ...breach(missing.length, 'people got nothing, and nobody knows why'),
      ...breach(twice.length, 'people got it more than once'),
      ...breach(unexplained.length, 'people got it, and the house does not know'),
      ...breach(late.length, 'people got it though they had left before it was first asked for'),
      ...breach(atOnce, 'calls were asked for by two senders at once'),
      ...(byAddress.size + sum === people.length ? [] : ['sent and left out are not the whole audience']),
      ...(within * 4 >= kills.length ? [] : ['too few kills fell within a call for this to prove anything']),
    ],
  }
}

/** Two attempts at one call that were both answered, the second begun before the first one's answer. */
function askedAtOnce(attempts: { callId: string; at: Date; answered: Date | null }[]): number {
  const calls = new Set<string>()
  const answeredAt = new Map<string, Date>()
  for (const { callId, at, answered } of attempts) {
    if (!answered) continue
    const before = answeredAt.get(callId)
    if (before && at < before) calls.add(callId)
    if (!before || answered > before) answeredAt.set(callId, answered)
  }
  return calls.size
}

function tally(names: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function count(log: LogLine[], holds: (line: LogLine) => boolean): number {
  return log.filter(holds).length
}

function breach(number: number, what: string): string[] {
  return number === 0 ? [] : [`${number} ${what}`]
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${Math.round((part / whole) * 100)} %`
}

function inWords(counts: Map<string, number>): string {
  const words = [...counts].sort().map(([reason, number]) => `${reason} ${number}`)
  return words.length === 0 ? '' : ` (${words.join(', ')})`
}
