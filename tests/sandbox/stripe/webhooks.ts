import { createHmac } from 'node:crypto'
import type Stripe from 'stripe'
import type { Clock } from '../parts/clock.ts'
import { Post, type Delivery, type NewsEntry } from '../parts/post.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/**
 * docs.stripe.com/webhooks, "Retry behavior": for up to three days, at growing distances. How large these are is not
 * written down; these are ours.
 */
const RETRIES_MS = [
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  12 * HOUR_MS,
  12 * HOUR_MS,
  12 * HOUR_MS,
  12 * HOUR_MS,
]

/** docs.stripe.com/webhooks/signature: HMAC-SHA256 over `timestamp.body`, by each of the endpoint's secrets. */
export function signature(secrets: readonly string[], timestamp: number, body: string): string {
  const signed = secrets.map(
    (secret) => `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
  )
  return [`t=${timestamp}`, ...signed].join(',')
}

/** Tells events to the one endpoint. */
export class Webhooks extends Post<Delivery> {
  constructor(clock: Clock, kept: { write: (entry: NewsEntry<Delivery>) => void }) {
    super(clock, kept, {
      retriesMs: RETRIES_MS,
      headers: ({ body }, secrets, timestamp) => ({
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': signature(secrets, timestamp, body),
      }),
      spoilt: (body) => body.replace('"id": "evt_', '"id": "evt_f'),
    })
  }

  emit(event: Stripe.Event): void {
    this.tell({
      id: event.id,
      type: event.type,
      body: JSON.stringify(event, null, 2),
      attempts: 0,
      state: 'waiting',
      lastStatus: null,
    })
  }
}
