import Stripe from 'stripe'
import type { FaultPlan, FaultName } from '../sandbox/parts/faults.ts'
import type { Delivery, Release, WebhookFaults } from '../sandbox/parts/post.ts'
import type { ErrorName } from '../sandbox/stripe/errors.ts'
import type { LogLine } from '../sandbox/stripe/log-line.ts'
import type { Decline } from '../sandbox/stripe/methods.ts'
import { controlAt, openStandIn, untilToldAll, type StandIn } from './stand-in.ts'

/** Who pays: what they type on the page. Without an address it is the session's own. */
export type Payer = { email?: string; name?: string }

/** What donors, banks and the charity do at Stripe, of what a test needs; objects are named by their ids. */
export type AtTheDesk = {
  /** Stripe's own client. What the charity does at Stripe itself, such as a refund, a test does through it. */
  stripe: Stripe
  /** The donor pays by card. */
  pay: (session: string, payer?: Payer) => Promise<void>
  /** The donor's card is declined; the page stays open. */
  decline: (session: string, why?: Decline) => Promise<void>
  /** The donor pays by a debit, which comes or fails days later. */
  payLate: (session: string, ends: 'comes' | 'fails', payer?: Payer) => Promise<void>
  /** The donor's bank wants a gift back, or some of it, or only asks. */
  dispute: (
    charge: string,
    how?: { amount?: number; reason?: string; inquiry?: boolean },
  ) => Promise<Stripe.Dispute>
  closeDispute: (dispute: string, outcome: 'won' | 'lost') => Promise<void>
  /** The charity gives a gift back, or some of it. */
  refund: (charge: string, amountMinor?: number) => Promise<Stripe.Refund>
  /** A refund does not reach the donor. */
  failRefund: (refund: string, reason?: string) => Promise<void>
  /** Moves Stripe's clock: what falls due happens. News is signed by it, and refused where it is too long ago. */
  later: (hours: number) => Promise<void>
  setClock: (now: Date) => Promise<void>
  /** What goes wrong with requests, by a seed; without a plan nothing does any more. */
  faults: (plan?: Partial<FaultPlan>) => Promise<void>
  /** What the next requests to a route meet, such as `POST /v1/checkout/sessions`. */
  next: (route: string, fault: FaultName | { error: ErrorName }, times?: number) => Promise<void>
  /** What happens to news on its way: `{ lost: 1 }` and nobody hears anything; without a plan all is well again. */
  newsFaults: (plan?: Partial<WebhookFaults>) => Promise<void>
  /** Sends all news so far again, lost or not: so often, in the order of a seed. Says how many that are. */
  release: (how?: Partial<Release>) => Promise<number>
  /** All news, and what became of each. */
  news: () => Promise<Omit<Delivery, 'body'>[]>
  /** Waits until all news that can be told has been. */
  quiet: () => Promise<void>
}

/** The stand-in for Stripe, in a process of its own. Its control API: tests/sandbox/stripe/README.md. */
export type PaymentDesk = StandIn<LogLine> &
  AtTheDesk & {
    /** What the product's processes need to take payments there. */
    settings: Record<string, string>
    /** The requests to a route that were done, whether or not whoever asked heard of it: each object made is one line. */
    accepted: (route: string) => Promise<LogLine[]>
  }

/** Opens a payment desk. Nobody hears its news until it is told where to send them. */
export async function openPaymentDesk(): Promise<PaymentDesk> {
  const standIn = await openStandIn<LogLine>('stripe')
  return {
    ...standIn,
    ...atTheDesk(standIn.url),
    settings: { SANDBOX_PAYMENTS_URL: standIn.url, SANDBOX_PAYMENTS_SECRET: standIn.secret },
    accepted: async (route) =>
      (await standIn.log()).filter((line) => line.route === route && line.outcome === 'accepted'),
  }
}

/** What can be done at the payment desk at this address, for those who did not open it themselves, or ask more than once. */
export function atTheDesk(url: string, { retries = 0 } = {}): AtTheDesk {
  const control = controlAt(url)
  const tell = async (method: 'PUT' | 'POST', path: string, body: unknown) =>
    void (await control(method, path, body))
  const { hostname, port } = new URL(url)
  const stripe = new Stripe('sk_test_sandbox', {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: retries,
    telemetry: false,
  })
  return {
    stripe,
    pay: (session, payer) => tell('POST', `sessions/${session}/pay`, { how: 'card', ...payer }),
    decline: (session, why) => tell('POST', `sessions/${session}/pay`, { how: 'decline', decline: why }),
    payLate: (session, ends, payer) =>
      tell('POST', `sessions/${session}/pay`, { how: ends === 'comes' ? 'late' : 'late-failing', ...payer }),
    dispute: async (charge, how = {}) =>
      (await control('POST', `charges/${charge}/dispute`, how)) as Stripe.Dispute,
    closeDispute: (dispute, outcome) => tell('POST', `disputes/${dispute}/close`, { outcome }),
    refund: (charge, amount) =>
      stripe.refunds.create({ charge, ...(amount === undefined ? {} : { amount }) }),
    failRefund: (refund, reason) => tell('POST', `refunds/${refund}/fail`, { reason }),
    later: (hours) => tell('PUT', 'clock', { aheadMs: hours * 3_600_000 }),
    setClock: (now) => tell('PUT', 'clock', { now: now.toISOString() }),
    faults: (plan = {}) => tell('PUT', 'faults', plan),
    next: (route, fault, times = 1) => tell('POST', 'next', { route, fault, times }),
    newsFaults: (plan = {}) => tell('PUT', 'webhook-faults', plan),
    release: async (how = {}) => ((await control('POST', 'release', how)) as { sent: number }).sent,
    news: async () => ((await control('GET', 'webhooks')) as { data: Delivery[] }).data,
    quiet: () => untilToldAll(control),
  }
}
