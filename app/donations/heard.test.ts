import { expect, test } from 'vitest'
import { concernOf } from './heard.ts'

test.each([
  ['checkout.session.async_payment_failed', 'gift'],
  ['payment_intent.canceled', 'gift'],
  ['charge.succeeded', 'gift'],
  ['charge.dispute.funds_reinstated', 'gift'],
  ['refund.failed', 'gift'],
  ['payout.paid', 'balance'],
  ['balance.available', 'balance'],
  ['balance_settings.updated', 'nobody'],
  ['customer.created', 'nobody'],
  ['price.updated', 'nobody'],
  ['v2.core.event_destination.ping', 'nobody'],
  ['invoice.paid', 'unknown'],
  ['chargeback.of_the_future', 'unknown'],
  ['something', 'unknown'],
])('news of the type %s concerns: %s', (type, concern) => {
  expect(concernOf(type)).toBe(concern)
})
