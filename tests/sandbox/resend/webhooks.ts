import { createHmac, randomBytes } from 'node:crypto'
import type { Clock } from '../parts/clock.ts'
import type { Kept } from '../parts/kept.ts'
import { Post, type Delivery as AnyDelivery } from '../parts/post.ts'
import type { Entry } from './entries.ts'

/** What is told: `{ type, created_at, data }` (resend.com/docs/webhooks/event-types). */
export type WebhookEvent = {
  type: string
  created_at: string
  data: { email_id: string } & Record<string, unknown>
}

/** One event on its way, and the message that it is about. */
export type Delivery = AnyDelivery & { emailId: string }

/** After the failure of the attempt before: webhooks/retries-and-replays. */
const RETRIES_MS = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000]

/** Signs as Standard Webhooks does (standardwebhooks.com; its svix names): HMAC-SHA256 over `id.timestamp.body`. */
export function signature(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** Tells what happened to messages. Several secrets all sign (Standard Webhooks, "Signature scheme"). */
export class Webhooks extends Post<Delivery> {
  constructor(clock: Clock, kept: Kept<Entry>) {
    super(clock, kept, {
      retriesMs: RETRIES_MS,
      headers: ({ id, body }, secrets, timestamp) => ({
        'user-agent': 'Svix-Webhooks',
        'svix-id': id,
        'svix-timestamp': String(timestamp),
        'svix-signature': secrets.map((secret) => signature(secret, id, timestamp, body)).join(' '),
      }),
      spoilt: (body) => body.replace('"email_id":"', '"email_id":"f'),
    })
  }

  emit(event: WebhookEvent): void {
    this.tell({
      id: `msg_${randomBytes(18).toString('base64url')}`,
      body: JSON.stringify(event),
      type: event.type,
      emailId: event.data.email_id,
      attempts: 0,
      state: 'waiting',
      lastStatus: null,
    })
  }
}
