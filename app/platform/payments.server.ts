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

/** One change of our balance as Stripe lists it. */
export type BalanceLine = {
  id: string
  type: string
  grossMinor: number
  feeMinor: number
  netMinor: number
  /** In capital letters, as everywhere with us. */
  currency: string
  createdAt: Date
}

/** Every balance transaction of the account, newest first, page by page. */
export async function* listBalanceTransactions(): AsyncGenerator<BalanceLine> {
  for await (const line of stripe().balanceTransactions.list({ limit: 100 })) {
    yield {
      id: line.id,
      type: line.type,
      grossMinor: line.amount,
      feeMinor: line.fee,
      netMinor: line.net,
      currency: line.currency.toUpperCase(),
      createdAt: new Date(line.created * 1000),
    }
  }
}
