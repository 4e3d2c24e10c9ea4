import type Stripe from 'stripe'
import { done, failed, type ApiRequest, type Done } from './answer.ts'
import { exchangeRate, inPence, SETTLES_IN } from './currencies.ts'
import { noSuch, noSuchNamed } from './errors.ts'
import { listOf } from './lists.ts'
import { text } from './params.ts'
import type { StandIn } from './stand-in.ts'
import { idOf, newId } from './store.ts'

/** docs.stripe.com/payouts: in the United Kingdom money is available three days later. */
const AVAILABLE_SECONDS = 3 * 24 * 60 * 60

/** Something that changes the balance (docs.stripe.com/reports/balance-transaction-types). */
export type Movement = {
  type: Stripe.BalanceTransaction['type']
  /** docs.stripe.com/reports/reporting-categories */
  category: string
  source: string
  description: string | null
  /** What moves, in the currency that the payer knows. Out of the balance: less than 0. */
  amount: number
  currency: string
  fee?: { amount: number; description: string }
}

/**
 * Writes a movement into the balance, in pounds: `exchange_rate` times the amount, and null where there is nothing to
 * exchange (docs.stripe.com/api/balance_transactions/object).
 */
export function move(
  standIn: StandIn,
  { amount, currency, fee, ...rest }: Movement,
): Stripe.BalanceTransaction {
  const { account, seconds, store } = standIn
  const rate = exchangeRate(currency, account.rates)
  return record(standIn, store.save(written(seconds, rest, inPence(amount, rate), rate, fee)))
}

/**
 * The opposite of a movement, at the rate of that movement and without its fee: for what did not come to pass, or for
 * the part of it that did not. `amount` is in the currency that the payer knows.
 */
export function moveBack(
  standIn: StandIn,
  of: Stripe.BalanceTransaction,
  as: Omit<Movement, 'amount' | 'currency' | 'fee'>,
  amount?: number,
): Stripe.BalanceTransaction {
  const { seconds, store } = standIn
  const back = amount === undefined ? -of.amount : inPence(amount, of.exchange_rate)
  return record(standIn, store.save(written(seconds, as, back, of.exchange_rate)))
}

function written(
  now: number,
  { category, description, source, type }: Omit<Movement, 'amount' | 'currency' | 'fee'>,
  amount: number,
  rate: number | null,
  fee: Movement['fee'] = { amount: 0, description: '' },
): Stripe.BalanceTransaction {
  return {
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: now + AVAILABLE_SECONDS,
    balance_type: 'payments',
    created: now,
    currency: SETTLES_IN,
    description,
    exchange_rate: rate,
    fee: fee.amount,
    fee_details:
      fee.amount === 0 ? [] : [{ ...fee, application: null, currency: SETTLES_IN, type: 'stripe_fee' }],
    net: amount - fee.amount,
    reporting_category: category,
    source,
    status: 'pending',
    type,
  } satisfies Stripe.BalanceTransaction
}

function record(standIn: StandIn, written: Stripe.BalanceTransaction): Stripe.BalanceTransaction {
  standIn.plan('mature', written.id, written.available_on * 1000)
  return written
}

/** docs.stripe.com/payments/balances: what was pending is available. A dispute shows its movements as they are now. */
export function mature({ store }: StandIn, id: string): void {
  const found = store.findOf('balance_transaction', id)
  if (!found) return
  store.save(Object.assign(found, { status: 'available' }))
  const dispute = store.findOf('dispute', idOf(found.source))
  if (!dispute) return
  const shown = dispute.balance_transactions.map((each) => (each.id === id ? found : each))
  store.save(Object.assign(dispute, { balance_transactions: shown }))
}

/**
 * What Stripe keeps of a payment. By card 1.5 % and 20p in pounds, more and a conversion otherwise; by debit 1 %, 20p at
 * least and £2 at most (stripe.com/gb/pricing).
 */
export function feeOf(pence: number, currency: string, isLate: boolean): number {
  if (isLate) return Math.min(200, Math.max(20, Math.round(pence * 0.01)))
  const share: Record<string, number> = { gbp: 0.015, eur: 0.045, usd: 0.0525 }
  return Math.round(pence * (share[currency] ?? 0.0525)) + 20
}

/** docs.stripe.com/api/balance_transactions/retrieve */
export function getBalanceTransaction({ store }: StandIn, { ref }: ApiRequest): Done {
  const found = store.findOf('balance_transaction', ref)
  return found ? done(found) : failed(noSuch('balance transaction', ref))
}

const listAll = listOf('balance_transaction', '/v1/balance_transactions', {
  currency: text,
  source: text,
  type: text,
})

/** docs.stripe.com/api/balance_transactions/list. Nothing has been paid out here, so no payout is known. */
export function listBalanceTransactions(standIn: StandIn, request: ApiRequest): Done {
  const { payout } = request.params
  if (typeof payout === 'string') return failed(noSuchNamed('payout', payout, 'payout'))
  return listAll(standIn, request)
}
