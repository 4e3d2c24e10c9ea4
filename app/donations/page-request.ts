import { fundFor } from '#app/partners/fund.ts'
import type { CheckoutRequest } from '#app/platform/payments-checkout.server.ts'
import { sayPurpose, type GiftAsked } from './gift.ts'

/** Stands in for the gift's token where a request is kept: a copy of the database opens no link. */
const TOKEN = '{GIFT_TOKEN}'

/** Whose page it is. */
export type Asker = { giftId: string; attemptId: string; reference: string }

/**
 * What a payment page for this gift is asked for with. The same gift and attempt give the same words each time, so that
 * they tell whether a page that is there still says what its donor wants.
 */
export function pageRequest(
  { giftId, attemptId, reference }: Asker,
  { amount, purpose, email }: GiftAsked,
  words: { purposeName: string | null; expiresAt: Date; appUrl: string },
): CheckoutRequest {
  const metadata = { gift: giftId, attempt: attemptId, reference, purpose: fundFor(purpose) }
  return {
    mode: 'payment',
    submit_type: 'donate',
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: amount.currency.toLowerCase(),
          unit_amount: amount.amountMinor,
          product_data: { name: `Gift ${sayPurpose(words.purposeName)}` },
        },
      },
    ],
    customer_email: email,
    client_reference_id: reference,
    metadata,
    // What a session is told its payment does not inherit.
    payment_intent_data: { metadata },
    // The amount that is asked is the amount that is paid, in the currency that was chosen.
    adaptive_pricing: { enabled: false },
    expires_at: Math.floor(words.expiresAt.getTime() / 1000),
    success_url: `${words.appUrl}/donate/thanks?gift=${TOKEN}`,
    cancel_url: `${words.appUrl}/donate/give?gift=${TOKEN}`,
  }
}

/** The request as it is sent: with the way back to the donor's own pages. */
export function withToken(request: CheckoutRequest, token: string): CheckoutRequest {
  const { success_url: paid = '', cancel_url: left = '' } = request
  return { ...request, success_url: paid.replace(TOKEN, token), cancel_url: left.replace(TOKEN, token) }
}
