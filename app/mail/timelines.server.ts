import type { Reader } from '#app/platform/db.server.ts'
import type { Timeline, TimelineEntry } from './timeline.ts'

/** What happened to one message, oldest first; undefined when there is none of that id. */
export async function messageTimeline(reader: Reader, messageId: string): Promise<Timeline | undefined> {
  const message = await reader.message.findUnique({ where: { id: messageId } })
  if (!message) return undefined
  // A message of a batch that was halved has come through the calls that its own is a half of.
  const attempts = await reader.$queryRaw<{ at: Date; status: number | null; verdict: string | null }[]>`
    with recursive line as (
      select id, half_of_id from mail_call where id = ${message.callId}::uuid
      union all
      select whole.id, whole.half_of_id from mail_call whole join line on whole.id = line.half_of_id)
    select at, status, verdict from mail_attempt where call_id in (select id from line)`
  const events = await reader.mailEvent.findMany({
    where: {
      OR: [{ messageId }, ...(message.providerId ? [{ providerId: message.providerId }] : [])],
    },
  })
  const entries: TimelineEntry[] = [
    { what: 'queued', at: message.createdAt },
    ...attempts.map((attempt) => ({ what: 'asked' as const, ...attempt })),
    ...events.map(({ id, occurredAt, type, detail }) => ({
      what: 'told' as const,
      at: occurredAt,
      by: sourceOf(id),
      type,
      detail,
    })),
  ]
  entries.sort((a, b) => a.at.getTime() - b.at.getTime())
  const { id, kind, about, lane, state, reason, stateAt } = message
  return { id, kind, about, lane, entries: [...entries, { what: 'stands', at: stateAt, state, reason }] }
}

/** What happened to every message about one thing ("subscription:ID"), the oldest message first. */
export async function timelinesAbout(reader: Reader, about: string): Promise<Timeline[]> {
  const messages = await reader.message.findMany({
    where: { about },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  const timelines: Timeline[] = []
  for (const { id } of messages) {
    const timeline = await messageTimeline(reader, id)
    if (timeline) timelines.push(timeline)
  }
  return timelines
}

function sourceOf(eventId: string): 'provider' | 'look-up' | 'person' {
  if (eventId.startsWith('look-up:')) return 'look-up'
  return eventId.startsWith('person:') ? 'person' : 'provider'
}
