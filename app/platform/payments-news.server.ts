import Stripe from 'stripe'
import { z } from 'zod'
import { clock } from './clock.server.ts'
import { env } from './env.server.ts'
import { stripe } from './payments.server.ts'

/** Something that Stripe tells us, reduced to what we keep: what happened to which object. What it says of it is not read. */
export type PaymentNews = {
  /** evt_…: the same at every delivery of the same news. */
  id: string
  type: string
  /** cs_…, pi_…, ch_…; of what has no id, such as the balance, its name. */
  objectId: string
  occurredAt: Date
}

export type PaymentNewsResult =
  | { outcome: 'genuine'; news: PaymentNews }
  | { outcome: 'forged' }
  | { outcome: 'unreadable' }
  | { outcome: 'other-mode'; livemode: boolean }

/** No longer ago than this may news have been signed (docs.stripe.com/webhooks, "Preventing replay attacks"). */
const TOLERANCE_SECONDS = 300

/** An event with its object (docs.stripe.com/api/events/object). */
const whole = z.object({
  object: z.literal('event'),
  id: z.string(),
  type: z.string(),
  livemode: z.boolean(),
  created: z.int(),
  data: z.object({ object: z.object({ id: z.string().optional(), object: z.string() }) }),
})

/** A notification that only names it (docs.stripe.com/event-destinations, "thin events"). */
const thin = z.object({
  object: z.literal('v2.core.event'),
  id: z.string(),
  type: z.string(),
  livemode: z.boolean(),
  created: z.coerce.date(),
  related_object: z.object({ id: z.string().optional(), type: z.string() }).nullish(),
})

/**
 * Checks that news comes from Stripe, unaltered and within five minutes, over the body's exact bytes, and is of the mode
 * that this installation runs in. While a secret is being changed, STRIPE_WEBHOOK_SECRET holds the old and the new one,
 * parted by a comma.
 */
export function readPaymentNews(body: Buffer, signature: string): PaymentNewsResult {
  const told = json(body)
  const secrets = (env.stripe?.webhookSecret ?? '').split(',').map((secret) => secret.trim())
  if (!secrets.filter(Boolean).some((secret) => isGenuine(body, told, signature, secret))) {
    return { outcome: 'forged' }
  }
  const parsed = whole.safeParse(told)
  const read = parsed.success
    ? { ...newsOf(parsed.data), livemode: parsed.data.livemode }
    : readNotification(told)
  if (!read) return { outcome: 'unreadable' }
  const { livemode, ...news } = read
  if (livemode !== (env.mode === 'live')) return { outcome: 'other-mode', livemode }
  return { outcome: 'genuine', news }
}

/** What stands in the place of an object that an event in the list does not name as we know it. */
const NO_OBJECT = 'an unreadable object'

/**
 * All that Stripe has told since then and still lists, for 30 days, newest first. An event of a shape that we do not know
 * is news all the same: it keeps nothing else from being read, and a person looks at it.
 */
export async function* listPaymentNews(since: Date): AsyncGenerator<PaymentNews> {
  const created = { gte: Math.floor(since.getTime() / 1000) }
  for await (const event of stripe().events.list({ created, limit: 100 })) {
    const read = whole.safeParse(event)
    const occurredAt = new Date(event.created * 1000)
    yield read.success
      ? newsOf(read.data)
      : { id: event.id, type: event.type, objectId: NO_OBJECT, occurredAt }
  }
}

function newsOf({ id, type, created, data: { object } }: z.infer<typeof whole>): PaymentNews {
  return { id, type, objectId: object.id ?? object.object, occurredAt: new Date(created * 1000) }
}

/** Notifications call by "v1.charge.succeeded" what events call "charge.succeeded". */
function readNotification(told: unknown): (PaymentNews & { livemode: boolean }) | undefined {
  const parsed = thin.safeParse(told)
  if (!parsed.success) return undefined
  const { id, type, created: occurredAt, livemode, related_object: object } = parsed.data
  const objectId = object?.id ?? object?.type ?? 'nothing'
  return { id, type: type.replace(/^v1\./, ''), objectId, occurredAt, livemode }
}

/** The SDK has a door for each of the two kinds, and refuses the other kind there. */
function isGenuine(body: Buffer, told: unknown, signature: string, secret: string): boolean {
  const now = clock.now().getTime()
  try {
    if (isNotification(told))
      stripe().parseEventNotification(body, signature, secret, TOLERANCE_SECONDS, undefined, now)
    else stripe().webhooks.constructEvent(body, signature, secret, TOLERANCE_SECONDS, undefined, now)
    return true
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false
    // The signature is looked at first: a body that is signed and no JSON is genuine, and told apart as unreadable.
    if (error instanceof SyntaxError) return true
    throw error
  }
}

function isNotification(told: unknown): boolean {
  return z.object({ object: thin.shape.object }).safeParse(told).success
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
