import Stripe from 'stripe'
import { afterAll, beforeAll } from 'vitest'
import { onlyStandIn } from '../parts/contract.ts'
import type { LogLine } from './log-line.ts'
import { startStandIn, type Running } from './server.ts'

/** With a key of Stripe's test mode the contract is put to the real service; without one, to the stand-in. */
const realKey = process.env['STRIPE_TEST_KEY'] ?? ''
export const isReal = realKey !== ''
if (isReal && !/^[rs]k_test_/.test(realKey)) throw new Error('STRIPE_TEST_KEY must be a key of test mode')

/** A key of the stand-in's, which takes every key of that form. */
export const STAND_IN_KEY = 'sk_test_standin'

/** Rules that only the stand-in can be made to show: chance, time, payers, and what goes wrong on the way. */
export const { describeInStandIn, testInStandIn } = onlyStandIn(isReal)

/** The service under test, for one file. */
export type Service = {
  /** The real SDK, which tries once unless it is told to try again. */
  readonly stripe: Stripe
  readonly url: string
  /** The control API. Throws when it refuses. */
  control: (route: string, body?: unknown) => Promise<Told>
  /** Presses a button of the hosted page. */
  press: (session: { url: string | null }, what: string, form?: Record<string, string>) => Promise<Response>
  /** A gift that is paid and whose fee is known, as its charge. */
  give: (of?: { amount?: number; currency?: string }, how?: string) => Promise<Stripe.Charge>
  /** Everything that moved the balance, oldest first. */
  movements: () => Promise<Stripe.BalanceTransaction[]>
  /** What happened, oldest first. */
  types: () => Promise<string[]>
  readonly log: readonly LogLine[]
}

/** What an answer of the control API may hold of what tests look at. */
export type Told = {
  id?: string
  status?: string
  now?: string
  sent?: number
  busy?: boolean
  keys?: string[]
  data?: { id: string; state: string; attempts: number; type: string }[]
}

/** Starts the stand-in for the tests of a file, or looks to the real service. */
export function useService(): Service {
  let running: Running | undefined
  beforeAll(async () => {
    if (!isReal) running = await startStandIn({ port: 0 })
  })
  afterAll(async () => {
    await running?.close()
  })
  const standIn = () => {
    if (!running) throw new Error('Only the stand-in runs here')
    return running
  }

  const service: Service = {
    get stripe() {
      return clientOf(running)
    },
    get url() {
      return standIn().url
    },
    control: (route, body) => control(standIn(), route, body),
    press: ({ url }, what, form = {}) =>
      fetch(url ?? '', {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ do: what, email: 'anna@charity.org', name: 'Anna', ...form }),
      }),
    give: async (of = {}, how = 'pay') => {
      const { stripe } = service
      const session = await stripe.checkout.sessions.create(aGift({}, of))
      await service.press(session, how)
      await service.control('PUT clock', { aheadMs: how === 'pay' ? 1000 : 5 * 86_400_000 })
      await service.control('PUT clock', { aheadMs: 1000 })
      const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(session.id)
      const { data } = await stripe.charges.list({ payment_intent: intent as string })
      return data[0] as Stripe.Charge
    },
    movements: async () => (await service.stripe.balanceTransactions.list({ limit: 100 })).data.reverse(),
    types: async () =>
      (await service.stripe.events.list({ limit: 100 })).data.map(({ type }) => type).reverse(),
    get log() {
      return standIn().log.lines
    },
  }
  return service
}

export function clientOf(running: { port: number } | undefined, key = realKey || STAND_IN_KEY): Stripe {
  const there = running ? ({ host: '127.0.0.1', port: running.port, protocol: 'http' } as const) : {}
  return new Stripe(key, { ...there, maxNetworkRetries: 0, telemetry: false, timeout: 5000 })
}

export async function control({ url }: { url: string }, route: string, body?: unknown): Promise<Told> {
  const [method = '', path = ''] = route.split(' ')
  const answer = await fetch(`${url}/_control/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const told = (await answer.json()) as Told
  if (!answer.ok) throw new Error(`The control API refused ${route}: ${JSON.stringify(told)}`)
  return told
}

/** A gift of ten pounds, unless told otherwise. */
export function aGift(
  changes: Partial<Stripe.Checkout.SessionCreateParams> = {},
  { amount = 1000, currency = 'gbp' } = {},
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    ui_mode: 'hosted_page',
    submit_type: 'donate',
    line_items: [
      { quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: 'A gift' } } },
    ],
    success_url: 'https://charity.org/thanks?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://charity.org/donate',
    ...changes,
  }
}

/** What the SDK threw. */
export async function refusal(
  asked: Promise<unknown>,
): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  const thrown = await asked.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (thrown instanceof Stripe.errors.StripeError) return thrown
  throw new Error(`It was to be refused by Stripe, and was not: ${String(thrown)}`)
}
