import Stripe from 'stripe'
import { clock } from './clock.server.ts'
import { stripe } from './payments.server.ts'

/**
 * Closes a payment page, so that nobody pays on it any more. One that is closed already, or was paid at the last moment,
 * is left as it is: read it again afterwards.
 *
 * Closing twice is closing once, so the key, made of the attempt's id, may change: it does every minute. Stripe keeps a
 * failure of its own under the key for a day, and the page would stay open as long.
 */
export async function closePage(pageId: string, attemptId: string): Promise<void> {
  const minute = Math.floor(clock.now().getTime() / 60_000)
  try {
    await stripe().checkout.sessions.expire(pageId, {}, { idempotencyKey: `close:${attemptId}:${minute}` })
  } catch (error) {
    // 'Only Checkout Sessions with a status in ["open"] can be expired.'
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
  }
}
