import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { z } from 'zod'
import { env } from './env.server.ts'

/** Something that the mail provider tells us afterwards, reduced to what we keep: no address, no subject. */
export type News = {
  /** svix-id: the same at every delivery of the same news. */
  id: string
  type: string
  occurredAt: Date
  /** The provider's id of the message, where the news is about one. */
  providerId: string | undefined
  /** Our own id of the message, from its tag. */
  messageId: string | undefined
  /** The bounce's type and subtype, or why it failed. */
  detail: string | undefined
}

export type NewsResult =
  { outcome: 'genuine'; news: News } | { outcome: 'forged' } | { outcome: 'unreadable' }

const envelope = z.object({
  type: z.string(),
  created_at: z.coerce.date(),
  data: z
    .object({
      email_id: z.string().optional(),
      tags: z.record(z.string(), z.string()).optional(),
      bounce: z.object({ type: z.string(), subType: z.string().optional() }).optional(),
      failed: z.object({ reason: z.string().optional() }).optional(),
      suppressed: z.object({ type: z.string().optional() }).optional(),
    })
    .default({}),
})

/**
 * Checks that news comes from the provider, unaltered and within five minutes (Standard Webhooks; Resend, "Verify
 * webhooks requests"), over the body's exact bytes. While a secret is being changed, RESEND_WEBHOOK_SECRET holds the old
 * and the new one, parted by a comma.
 */
export function readNews(body: string, headers: Headers): NewsResult {
  const signed = {
    'webhook-id': headers.get('svix-id') ?? '',
    'webhook-timestamp': headers.get('svix-timestamp') ?? '',
    'webhook-signature': headers.get('svix-signature') ?? '',
  }
  const secrets = (env.resend?.webhookSecret ?? '').split(',').filter(Boolean)
  if (!secrets.some((secret) => isGenuine(secret.trim(), body, signed))) return { outcome: 'forged' }
  const parsed = envelope.safeParse(json(body))
  if (!parsed.success) return { outcome: 'unreadable' }
  const { type, created_at: occurredAt, data } = parsed.data
  const bounce = data.bounce && [data.bounce.type, data.bounce.subType].filter(Boolean).join(' ')
  return {
    outcome: 'genuine',
    news: {
      id: signed['webhook-id'],
      type,
      occurredAt,
      providerId: data.email_id,
      messageId: data.tags?.['message'],
      detail: withoutAddresses(bounce ?? data.failed?.reason ?? data.suppressed?.type),
    },
  }
}

/** The provider's reasons are words in a row; should one ever quote an address, it is not kept. */
function withoutAddresses(words: string | undefined): string | undefined {
  return words?.replace(/\S*@\S*/g, '…').slice(0, 200)
}

function isGenuine(secret: string, body: string, signed: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, signed)
    return true
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false
    // A body that is signed and no JSON: genuine, and told apart as unreadable.
    return error instanceof SyntaxError
  }
}

function json(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
