import Stripe from 'stripe'
import { stripe } from './payments.server.ts'

// Payment pages on which people pay: made, closed and looked for at Stripe. Nothing here repeats a request by itself, but
// for what Stripe's own client does when a connection is closed on it: then it asks once more, with the same key.

/** Somebody waits for the answer; a longer wait than this they would not take for work. */
const PATIENCE_MS = 8_000

/** Two machines do not agree on the time to the second. */
const CLOCKS_APART_SECONDS = 300

/** What a payment page is asked for with: docs.stripe.com/api/checkout/sessions/create */
export type CheckoutRequest = Stripe.Checkout.SessionCreateParams

/** A request for a page that was answered by none. */
export type NoCheckout =
  /** Nobody knows whether it was made, or it is too soon to ask: the same key and the same bytes may be asked again. */
  | { outcome: 'unknown' }
  /**
   * None was made, and none will be from these words. `code` is Stripe's; `field` names what it is about; by `requestId`
   * the whole is found in Stripe's own log. What Stripe says in words may hold what was typed, and stays out.
   */
  | { outcome: 'refused'; code: string; field: string | null; requestId: string | null }
  /** A fault of Stripe's, which it will answer to this key from now on, whether it made one or not. */
  | { outcome: 'kept-error' }

/** A page that is there to pay on. */
export type Checkout = { sessionId: string; url: string }

/**
 * Asks for a payment page. The same key with the same words makes one page for at least 24 hours
 * (docs.stripe.com/api/idempotent_requests).
 */
export async function createCheckout(
  request: CheckoutRequest,
  key: string,
): Promise<({ outcome: 'made' } & Checkout) | NoCheckout> {
  try {
    const session = await stripe().checkout.sessions.create(request, options(key))
    const page = pageOf(session)
    return page ? { outcome: 'made', ...page } : { outcome: 'unknown' }
  } catch (error) {
    return whyNot(error)
  }
}

/**
 * Closes a page: nobody can pay on it any more. `complete`: somebody has paid on it, or a payment is on its way. `unknown`:
 * it may still be open. Only open pages can be closed (docs.stripe.com/api/checkout/sessions/expire), so that a refusal
 * means to look; of a page that was never there nobody can pay on.
 */
export async function expireCheckout(
  sessionId: string,
  key: string,
): Promise<'expired' | 'complete' | 'unknown'> {
  // A fault that Stripe keeps under one key would keep the page open for a day.
  for (const each of [key, `${key}/2`]) {
    try {
      await stripe().checkout.sessions.expire(sessionId, {}, options(each))
      return 'expired'
    } catch (error) {
      if (whyNot(error).outcome === 'unknown') return 'unknown'
    }
    const status = await statusOf(sessionId)
    if (status !== 'open') return status
  }
  return 'unknown'
}

export type FoundCheckout =
  { outcome: 'open'; page: Checkout } | { outcome: 'over' } | { outcome: 'none' } | { outcome: 'unknown' }

/**
 * Looks for the page that was made for an attempt, by the attempt's id in its metadata, among those made since then
 * (docs.stripe.com/api/checkout/sessions/list). `over`: there was one, and nobody can pay on it.
 */
export async function findCheckoutOf(attemptId: string, since: Date): Promise<FoundCheckout> {
  const gte = Math.floor(since.getTime() / 1000) - CLOCKS_APART_SECONDS
  try {
    for await (const session of stripe().checkout.sessions.list(
      { created: { gte }, limit: 100 },
      { timeout: PATIENCE_MS },
    )) {
      if (session.metadata?.['attempt'] !== attemptId) continue
      const page = pageOf(session)
      return page && session.status === 'open' ? { outcome: 'open', page } : { outcome: 'over' }
    }
    return { outcome: 'none' }
  } catch (error) {
    whyNot(error)
    return { outcome: 'unknown' }
  }
}

function options(idempotencyKey: string): Stripe.RequestOptions {
  return { idempotencyKey, timeout: PATIENCE_MS }
}

function pageOf({ id, url }: Stripe.Checkout.Session): Checkout | null {
  return typeof id === 'string' && typeof url === 'string' ? { sessionId: id, url } : null
}

async function statusOf(sessionId: string): Promise<'open' | 'expired' | 'complete' | 'unknown'> {
  try {
    const { status } = await stripe().checkout.sessions.retrieve(sessionId, {}, { timeout: PATIENCE_MS })
    // Stripe may one day say more than we know; then it may still be open.
    return (['open', 'expired', 'complete'] as const).find((known) => known === status) ?? 'unknown'
  } catch (error) {
    const why = whyNot(error)
    return why.outcome === 'refused' && why.code === 'resource_missing' ? 'expired' : 'unknown'
  }
}

/**
 * What an error says of the request (docs.stripe.com/error-low-level): without a status there was no answer that can be
 * read; 409 and 429 did nothing, and may be asked again; of 500 and above the first answer is kept under the key, and so
 * is a refusal.
 */
function whyNot(error: unknown): NoCheckout {
  if (!(error instanceof Stripe.errors.StripeError)) throw error
  const { statusCode: status, code, param, rawType, requestId } = error
  if (status === undefined || status === 409 || status === 429) return { outcome: 'unknown' }
  if (status >= 500) return { outcome: 'kept-error' }
  return {
    outcome: 'refused',
    code: code ?? rawType ?? String(status),
    field: param ?? null,
    requestId: requestId ?? null,
  }
}
