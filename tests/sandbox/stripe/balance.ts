import type Stripe from 'stripe'
import { z } from 'zod'
import { done, failed, type ApiRequest, type Done } from './answer.ts'
import { noSuch } from './errors.ts'
import { listed } from './lists.ts'
import { listParams, readParams, within } from './params.ts'
import type { StandIn } from './stand-in.ts'
import { newId } from './store.ts'

/** The currency of the account's balance: everything settles in it. */
export const SETTLES_IN = 'gbp'

/** docs.stripe.com/payouts: in the United Kingdom money is available three days later. */
const AVAILABLE_SECONDS = 3 * 24 * 60 * 60

/** Something that changes the balance. */
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
  const rate = currency === SETTLES_IN ? null : (account.rates[currency] ?? 1)
  const settled = Math.sign(amount) * Math.round(Math.abs(amount) * (rate ?? 1))
  return record(standIn, store.save(written(seconds, rest, settled, rate, fee)))
}

/** The exact opposite of a movement, without its fee: for what did not come to pass. */
export function moveBack(
  standIn: StandIn,
  of: Stripe.BalanceTransaction,
  as: Omit<Movement, 'amount' | 'currency' | 'fee'>,
): Stripe.BalanceTransaction {
  const { seconds, store } = standIn
  return record(standIn, store.save(written(seconds, as, -of.amount, of.exchange_rate)))
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

export function mature({ store }: StandIn, id: string): void {
  const found = store.findOf('balance_transaction', id)
  if (found) store.save(Object.assign(found, { status: 'available' }))
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

export function getBalanceTransaction({ store }: StandIn, { ref }: ApiRequest): Done {
  const found = store.findOf('balance_transaction', ref)
  return found ? done(found) : failed(noSuch('balance transaction', ref))
}

const query = z.strictObject({
  ...listParams,
  currency: z.string().optional(),
  payout: z.string().optional(),
  source: z.string().optional(),
  type: z.string().optional(),
})

/** docs.stripe.com/api/balance_transactions/list. Nothing has been paid out here, so no payout is known. */
export function listBalanceTransactions({ store }: StandIn, { params }: ApiRequest): Done {
  const read = readParams(query, params)
  if (read.outcome === 'failed') return read
  const { created, currency, payout, source, type } = read.value
  if (payout !== undefined) return failed(noSuch('payout', payout, 'payout'))
  const found = store
    .newestFirst('balance_transaction')
    .filter(
      (each) =>
        within(created, each.created) &&
        (currency === undefined || each.currency === currency) &&
        (source === undefined || each.source === source) &&
        (type === undefined || each.type === type),
    )
  return listed(found, '/v1/balance_transactions', read.value)
}
