import { Resend } from 'resend'
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
  const { data, error, headers } = await resend().post<{ id?: string; data?: { id: string }[] }>(
    endpoint,
    wire,
    {
      idempotencyKey: key,
      headers: endpoint === '/emails/batch' ? { 'x-batch-validation': 'strict' } : {},
      signal: AbortSignal.timeout(PATIENCE_MS),
    },
  )
  const rate = readRate(headers)
  if (error) {
    return { outcome: 'error', status: error.statusCode, name: error.name, message: error.message, rate }
  }
  const ids = endpoint === '/emails' ? [data?.id] : (data?.data ?? []).map(({ id }) => id)
  // One id for each message, each its own: fewer would leave somebody's message between two states for ever.
  const asked = Array.isArray(wire) ? wire.length : 1
  if (new Set(ids.filter((id) => typeof id === 'string')).size !== asked || ids.length !== asked) {
    return {
      outcome: 'error',
      status: null,
      name: 'unreadable_answer',
      message: 'The answer did not hold one id for each message',
      rate,
    }
  }
  return { outcome: 'taken', ids: ids as string[], rate }
}

function readRate(headers: Record<string, string> | null): RateFacts {
  const limit = Number(headers?.['ratelimit-limit'])
  const retryAfter = Number(headers?.['retry-after'])
  return {
    perSecond: limit > 0 ? limit : undefined,
    retryAfterMs: retryAfter >= 0 && headers?.['retry-after'] ? retryAfter * 1000 : undefined,
  }
}
