import Stripe from 'stripe'
import { env } from './env.server.ts'
import { remember } from './remember.server.ts'

/** No request is waited for longer; what Stripe did with it is then unknown. */
export const PATIENCE_MS = 30_000

/** The version that the client's types are of, said in words: an update of the package must not move it unseen. */
export const API_VERSION = '2026-10-28.endive'

/** Stripe's client. It repeats nothing by itself: who asks again, and with which key, is the caller's to know. */
export const stripe = () =>
  remember('stripe', () => {
    if (!env.stripe) throw new Error('No payment provider is configured')
    return new Stripe(env.stripe.secretKey, {
      apiVersion: API_VERSION,
      maxNetworkRetries: 0,
      timeout: PATIENCE_MS,
      telemetry: false,
      ...whereAt(env.stripe.apiBase),
    })
  })

function whereAt(apiBase: string | undefined): Partial<Stripe.StripeConfig> {
  if (!apiBase) return {}
  const { protocol, hostname, port } = new URL(apiBase)
  const isPlain = protocol === 'http:'
  return { protocol: isPlain ? 'http' : 'https', host: hostname, port: port || (isPlain ? 80 : 443) }
}

/** One change of our balance as Stripe states it. Currencies are in capital letters, as everywhere with us. */
export type BalanceLine = {
  /** txn_… */
  id: string
  type: string
  /** What kind of thing it is in Stripe's reports: it tells an adjustment for a dispute from other adjustments. */
  category: string
  /** The object that caused it; null for what has none. */
  sourceId: string | null
  grossMinor: number
  feeMinor: number
  netMinor: number
  currency: string
  /** As Stripe writes it, digit by digit; null when nothing was exchanged. */
  exchangeRate: string | null
  feeParts: { kind: string; amountMinor: number; currency: string }[]
  createdAt: Date
}

/** Every balance transaction of the account, or all since a time, newest first, page by page. */
export async function* listBalanceTransactions(since?: Date): AsyncGenerator<BalanceLine> {
  const created = since ? { created: { gte: Math.floor(since.getTime() / 1000) } } : {}
  for await (const line of stripe().balanceTransactions.list({ ...created, limit: 100 })) yield lineOf(line)
}

/** A balance transaction in our words. */
export function lineOf(line: Stripe.BalanceTransaction): BalanceLine {
  return {
    id: line.id,
    type: line.type,
    category: line.reporting_category,
    sourceId: typeof line.source === 'string' ? line.source : (line.source?.id ?? null),
    grossMinor: line.amount,
    feeMinor: line.fee,
    netMinor: line.net,
    currency: line.currency.toUpperCase(),
    exchangeRate: line.exchange_rate === null ? null : String(line.exchange_rate),
    feeParts: line.fee_details.map(({ type, amount, currency }) => ({
      kind: type,
      amountMinor: amount,
      currency: currency.toUpperCase(),
    })),
    createdAt: new Date(line.created * 1000),
  }
}

/** True when Stripe was not reached at all, or the connection broke off: nobody answered. */
export function isNoConnection(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeConnectionError
}
