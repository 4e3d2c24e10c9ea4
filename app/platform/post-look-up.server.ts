import { z } from 'zod'
import { resend, PATIENCE_MS } from './post.server.ts'

/** A message as the provider lists it: enough to know whether it may be ours, and no more is read. */
export type Listed = { id: string; to: string[]; createdAt: Date }

export type Page =
  | { outcome: 'page'; messages: Listed[]; hasMore: boolean }
  /** Not now, or never: a key that may only send, a cursor that it has forgotten. */
  | { outcome: 'none'; name: string }

/** As many as the provider lists at once (resend.com/docs/api-reference/pagination). */
const PAGE = 100

// 2026-04-03 22:13:42.674981+00 (resend.com/docs/api-reference/emails/list-emails)
const databaseTime = z
  .string()
  .transform((text) => text.replace(' ', 'T').replace(/\+00$/, 'Z'))
  .pipe(z.coerce.date())

const list = z.object({
  has_more: z.boolean(),
  data: z.array(z.object({ id: z.string(), to: z.array(z.string()), created_at: databaseTime })),
})

const one = z.object({
  id: z.string(),
  last_event: z.string(),
  created_at: databaseTime,
  tags: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
})

/** Messages that the provider has taken, the newest first, from the one after `after` on. It lists no tags. */
export async function listTaken(after: string | undefined): Promise<Page> {
  const where = `/emails?limit=${PAGE}${after ? `&after=${encodeURIComponent(after)}` : ''}`
  const { data, error } = await resend().get<unknown>(where, { signal: AbortSignal.timeout(PATIENCE_MS) })
  if (error) return { outcome: 'none', name: error.name }
  const parsed = list.safeParse(data)
  if (!parsed.success) return { outcome: 'none', name: 'unreadable_answer' }
  return {
    outcome: 'page',
    hasMore: parsed.data.has_more,
    messages: parsed.data.data.map(({ id, to, created_at: createdAt }) => ({ id, to, createdAt })),
  }
}

/** What the provider says of one message: which of ours it is, by its tag, and the last that became of it. */
export async function readTaken(
  id: string,
): Promise<{ messageId: string | undefined; lastEvent: string; createdAt: Date } | undefined> {
  const { data, error } = await resend().get<unknown>(`/emails/${encodeURIComponent(id)}`, {
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const parsed = one.safeParse(data)
  if (error || !parsed.success) return undefined
  const tag = parsed.data.tags.find(({ name }) => name === 'message')
  return { messageId: tag?.value, lastEvent: parsed.data.last_event, createdAt: parsed.data.created_at }
}
