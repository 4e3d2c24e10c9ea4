import type Stripe from 'stripe'
import { newId } from './store.ts'

/** The method whose money comes days later, for each currency (docs.stripe.com/payments/bank-debits). */
export const lateMethods: Record<string, 'bacs_debit' | 'sepa_debit' | 'us_bank_account'> = {
  gbp: 'bacs_debit',
  eur: 'sepa_debit',
  usd: 'us_bank_account',
}

/** What payers call them. */
export const debitNames = {
  bacs_debit: 'Bacs Direct Debit',
  sepa_debit: 'SEPA Direct Debit',
  us_bank_account: 'bank account (ACH)',
} as const

/**
 * Why a card is declined (docs.stripe.com/declines/codes, docs.stripe.com/testing#declined-payments): what the API calls
 * it, what the payer reads, the card's last digits, and what the button says that brings it about.
 */
export const declines = {
  generic_decline: [
    'card_declined',
    'Your card was declined.',
    '0002',
    'Declined, and the bank does not say why',
  ],
  insufficient_funds: [
    'card_declined',
    'Your card has insufficient funds.',
    '9995',
    'Declined: not enough money in the account',
  ],
  lost_card: ['card_declined', 'Your card was declined.', '9987', 'Declined: the card was reported lost'],
  stolen_card: ['card_declined', 'Your card was declined.', '9979', 'Declined: the card was reported stolen'],
  expired_card: ['expired_card', 'Your card has expired.', '0069', 'Declined: the card has expired'],
  incorrect_cvc: [
    'incorrect_cvc',
    "Your card's security code is incorrect.",
    '0127',
    'Declined: the security code is wrong',
  ],
  processing_error: [
    'processing_error',
    'An error occurred while processing your card. Try again in a little bit.',
    '0119',
    'Failed: something went wrong on the way to the bank',
  ],
} as const satisfies Record<string, readonly [string, string, string, string]>

export type Decline = keyof typeof declines
export const declineNames = Object.keys(declines) as Decline[]

type Details = Stripe.Charge.PaymentMethodDetails

/** docs.stripe.com/api/charges/object#charge_object-payment_method_details-card */
export function byCard(amount: number, last4 = '4242'): Details {
  return {
    type: 'card',
    card: {
      amount_authorized: null,
      authorization_code: null,
      brand: 'visa',
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'GB',
      electronic_commerce_indicator: null,
      exp_month: 8,
      exp_year: 2034,
      extended_authorization: { status: 'disabled' },
      fingerprint: 'AOB934RVNwzk6xtn',
      funding: 'credit',
      incremental_authorization: { status: 'unavailable' },
      installments: null,
      last4,
      mandate: null,
      multicapture: { status: 'unavailable' },
      network: 'visa',
      network_token: { used: false },
      network_transaction_id: null,
      overcapture: { maximum_amount_capturable: amount, status: 'unavailable' },
      regulated_status: null,
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  }
}

/** docs.stripe.com/payments/payment-methods/bacs-debit and its neighbours: the money is on its way for days. */
export function byDebit(currency: string, on: Date): Details {
  const type = lateMethods[currency]
  const account = {
    expected_debit_date: on.toISOString().slice(0, 10),
    fingerprint: null,
    last4: '2345',
    mandate: newId('mandate'),
  }
  switch (type) {
    case 'bacs_debit':
      return { type, bacs_debit: { ...account, sort_code: '108800' } }
    case 'sepa_debit':
      return { type, sepa_debit: { ...account, bank_code: '37040044', branch_code: null, country: 'DE' } }
    default:
      return {
        type: 'us_bank_account',
        us_bank_account: {
          ...account,
          account_holder_type: 'individual',
          account_type: 'checking',
          bank_name: 'STRIPE TEST BANK',
          payment_reference: null,
          routing_number: '110000000',
        },
      }
  }
}
