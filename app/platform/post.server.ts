import { Resend } from 'resend'
import { z } from 'zod'
import { env } from './env.server.ts'
import { remember } from './remember.server.ts'

/** No request to the provider is waited for longer; what it did with it is then unknown. The SDK sets no limit. */
export const PATIENCE_MS = 30_000

export type PostAnswer =
  | { outcome: 'taken'; ids: string[]; rate: RateFacts }
  | { outcome: 'error'; status: number | null; name: string; message: string; rate: RateFacts }

/** What the provider's headers say of its limits (IETF draft-polli-ratelimit-headers-06); undefined where they do not. */
export type RateFacts = { perSecond: number | undefined; retryAfterMs: number | undefined }

export const resend = () =>
  remember('resend', () => {
    if (!env.resend) throw new Error('No mail provider is configured')
    return new Resend(env.resend.apiKey, { baseUrl: env.resend.baseUrl })
  })

/**
 * Hands frozen bytes to Resend: `/emails` for one message, `/emails/batch` for up to a hundred (all or none of them).
 * The same key with the same bytes is taken once in 24 hours (resend.com/docs/dashboard/emails/idempotency-keys).
 * Never throws: a timeout, a broken connection or an unreadable answer is an error with status null.
 */
export async function post(
  endpoint: '/emails' | '/emails/batch',
  body: Uint8Array,
  key: string,
): Promise<PostAnswer> {
  // Parsed and written again by the SDK: JSON.stringify made these bytes, and makes the same ones again.
  const wire: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
  const { data, error, headers } = await resend().post<unknown>(endpoint, wire, {
    idempotencyKey: key,
    headers: endpoint === '/emails/batch' ? { 'x-batch-validation': 'strict' } : {},
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const rate = readRate(headers)
  if (error) return { outcome: 'error', ...readError(error), rate }
  const ids = readIds(endpoint === '/emails' ? { data: [data] } : data)
  // One id for each message, each its own: fewer would leave somebody's message between two states for ever.
  const asked = Array.isArray(wire) ? wire.length : 1
  if (new Set(ids).size !== asked || ids.length !== asked) {
    const message = 'The answer did not hold one id for each message'
    return { outcome: 'error', status: null, name: 'unreadable_answer', message, rate }
  }
  return { outcome: 'taken', ids, rate }
}

/** An id is a word: what no column or index can hold would be an answer that is never written down. */
const taken = z.object({ data: z.array(z.object({ id: z.string().regex(/^[\w-]{1,200}$/) })) })

function readIds(data: unknown): string[] {
  const parsed = taken.safeParse(data)
  return parsed.success ? parsed.data.data.map(({ id }) => id) : []
}

/** The SDK hands on whatever JSON an error came with; the provider's own names its status and itself. */
const spoken = z.object({
  statusCode: z.int().min(100).max(599),
  name: z.string(),
  message: z.string().catch(''),
})

/** What says as much in a stranger's words: we may not, it is too much or too soon. */
const PLAIN_ANYWAY = [401, 402, 403, 404, 405, 408, 413, 425, 429]

/**
 * What went wrong, in the provider's words. A gateway in between has words of its own, which say nothing of the message:
 * no readable answer then. A page that is no JSON is an "application_error" to the SDK, whatever its status; the provider
 * calls nothing so that is not its own failure.
 */
function readError(error: unknown): { status: number | null; name: string; message: string } {
  const parsed = spoken.safeParse(error)
  if (!parsed.success) return { status: null, name: 'unreadable_answer', message: '' }
  const { statusCode: status, name, message } = parsed.data
  const isReadable = name !== 'application_error' || status >= 500 || PLAIN_ANYWAY.includes(status)
  return { status: isReadable ? status : null, name, message }
}

/** Beyond these a header is a slip: it would hold up all mail, or none. */
const CREDIBLE = { perSecond: { least: 0.1, most: 100_000 }, longestPauseMs: 600_000 }

function readRate(headers: Record<string, string> | null): RateFacts {
  const limit = Number(headers?.['ratelimit-limit'])
  const retryAfter = Number(headers?.['retry-after'] || NaN)
  const { perSecond, longestPauseMs } = CREDIBLE
  return {
    perSecond: limit >= perSecond.least && limit <= perSecond.most ? limit : undefined,
    retryAfterMs: retryAfter >= 0 ? Math.min(retryAfter * 1000, longestPauseMs) : undefined,
  }
}
