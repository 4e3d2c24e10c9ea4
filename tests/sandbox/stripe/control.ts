import type Stripe from 'stripe'
import { z } from 'zod'
import { faultNames, noFaults, readFault } from '../parts/faults.ts'
import type { RequestLog } from '../parts/log.ts'
import { noWebhookFaults } from '../parts/post.ts'
import { keyKinds } from './account.ts'
import { close, dispute } from './disputes.ts'
import { errorNames } from './errors.ts'
import { payLate } from './late.ts'
import type { LogLine } from './log-line.ts'
import { declineNames } from './methods.ts'
import { declineCard, payByCard } from './paying.ts'
import { failRefund } from './refunds.ts'
import type { StandIn } from './stand-in.ts'

type Told = { status: number; body: unknown }

const share = z.number().min(0).max(1)
const rates = z.partialRecord(z.enum(faultNames), share)

const settings = z
  .strictObject({
    livemode: z.boolean(),
    keys: z.record(z.string(), z.enum(keyKinds)),
    rates: z.record(z.string(), z.number().positive()),
    feeMs: z.number().min(0),
    lateDays: z.number().min(0),
  })
  .partial()

const faultPlan = z.strictObject({
  seed: z.number().default(noFaults.seed),
  delayMs: z.number().default(noFaults.delayMs),
  by: z.enum(['key', 'arrival']).default(noFaults.by),
  routes: z.record(z.string(), rates).default({}),
})

const nextFault = z.strictObject({
  route: z.string().default('*'),
  fault: z
    .unknown()
    .transform((fault) => readFault(fault, errorNames))
    .refine((fault) => fault !== undefined, 'is no fault we know'),
  times: z.number().int().positive().default(1),
})

const webhookPlan = z.strictObject({
  seed: z.number().default(noWebhookFaults.seed),
  lost: share.default(0),
  twice: share.default(0),
  late: share.default(0),
  lateMs: z.number().default(0),
  shuffle: z.number().int().min(0).default(0),
  hold: z.boolean().default(false),
})

const endpoint = z
  .strictObject({ url: z.url(), secrets: z.array(z.string().startsWith('whsec_')).min(1) })
  .nullable()

const release = z.strictObject({
  times: z.number().int().positive().default(1),
  seed: z.number().nullable().default(null),
  skewSeconds: z.number().int().default(0),
  tamper: z.boolean().default(false),
})

const payment = z.strictObject({
  how: z.enum(['card', 'decline', 'late', 'late-failing']).default('card'),
  decline: z.enum(declineNames).default('generic_decline'),
  email: z.string().nullable().default(null),
  name: z.string().nullable().default(null),
})

const disputing = z.strictObject({
  amount: z.number().int().positive().optional(),
  reason: z.string().default('fraudulent'),
  inquiry: z.boolean().default(false),
})

/**
 * The control API: how tests and the sandbox move the stand-in. No part of Stripe, and for this machine alone.
 * `README.md` beside this file lists it.
 */
export function control(
  standIn: StandIn,
  log: RequestLog<LogLine>,
  reset: () => void,
  method: string,
  url: URL,
  bytes: Buffer,
): Told {
  let body: unknown
  try {
    body = bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'))
  } catch {
    return { status: 400, body: { message: 'That is no JSON.' } }
  }
  const { account, clock, faults, keys, store, webhooks } = standIn
  const [, , noun = '', id = '', verb = ''] = url.pathname.split('/')

  switch (`${method} ${[noun, id && ':id', verb].filter(Boolean).join('/')}`) {
    case 'POST reset':
      reset()
      return told({})
    case 'GET clock':
      return told({ now: new Date(clock.now()).toISOString() })
    case 'PUT clock':
      return read(
        z.union([z.object({ now: z.iso.datetime() }), z.object({ aheadMs: z.number() })]),
        body,
        (to) => {
          clock.set('now' in to ? Date.parse(to.now) : clock.now() + to.aheadMs)
          return { now: new Date(clock.now()).toISOString() }
        },
      )
    case 'PUT settings':
      return read(settings, body, ({ keys: kinds = {}, rates: more = {}, ...rest }) => {
        Object.assign(account, rest)
        Object.assign(account.rates, more)
        for (const [key, kind] of Object.entries(kinds)) account.keys.set(key, kind)
        return {}
      })
    case 'PUT faults':
      return read(faultPlan, body, (to) => {
        faults.plan = to
        return {}
      })
    case 'GET under-way':
      return told({ keys: keys.underWay })
    case 'POST next':
      return read(nextFault, body, ({ route, fault, times }) => {
        if (fault) faults.script(route, fault, times)
        return {}
      })
    case 'PUT webhook':
      return read(endpoint, body, (to) => {
        webhooks.endpoint = to
        return {}
      })
    case 'PUT webhook-faults':
      return read(webhookPlan, body, (to) => {
        webhooks.faults = to
        return {}
      })
    case 'GET webhooks':
      return told({
        busy: webhooks.busy,
        data: webhooks.deliveries.map(({ body: _body, ...delivery }) => delivery),
      })
    case 'POST release':
      return read(release, body, (how) => ({ sent: webhooks.release(how) }))
    case 'POST sessions/:id/pay': {
      const session = store.findOf('checkout.session', id)
      if (session?.status !== 'open') return nothing('open session')
      return change(standIn, payment, body, (how) => pay(standIn, session, how))
    }
    case 'POST charges/:id/dispute': {
      const charge = store.findOf('charge', id)
      if (charge?.status !== 'succeeded') return nothing('paid charge')
      return change(standIn, disputing, body, (how) => dispute(standIn, charge, how))
    }
    case 'POST disputes/:id/close': {
      const found = store.findOf('dispute', id)
      if (!found) return nothing('dispute')
      return change(standIn, z.strictObject({ outcome: z.enum(['won', 'lost']) }), body, ({ outcome }) =>
        close(standIn, found, outcome),
      )
    }
    case 'POST refunds/:id/fail': {
      const found = store.findOf('refund', id)
      if (!found) return nothing('refund')
      const why = z.strictObject({ reason: z.string().default('lost_or_stolen_card') })
      return change(standIn, why, body, ({ reason }) => failRefund(standIn, found, reason))
    }
    case 'GET log':
      return told({ data: log.lines })
    default:
      return nothing('control')
  }
}

/** What a payer does on the page, without the page. */
function pay(standIn: StandIn, session: Stripe.Checkout.Session, how: z.infer<typeof payment>) {
  const payer = { email: how.email ?? session.customer_email, name: how.name }
  switch (how.how) {
    case 'card':
      payByCard(standIn, session, payer)
      break
    case 'decline':
      declineCard(standIn, session, payer, how.decline)
      break
    case 'late':
      payLate(standIn, session, payer, 'clear')
      break
    case 'late-failing':
      payLate(standIn, session, payer, 'bounce')
      break
  }
  return session
}

/** Something that happens in the world; undefined if it cannot happen to this object any more. */
function change<T>(
  standIn: StandIn,
  schema: z.ZodType<T>,
  body: unknown,
  then: (value: T) => object | undefined,
): Told {
  const parsed = schema.safeParse(body)
  if (!parsed.success) return { status: 422, body: { message: z.prettifyError(parsed.error) } }
  const changed = then(parsed.data)
  standIn.commit()
  return changed ? told(changed) : { status: 409, body: { message: 'That is over.' } }
}

function told(body: unknown): Told {
  return { status: 200, body }
}

function nothing(what: string): Told {
  return { status: 404, body: { message: `There is no such ${what}.` } }
}

function read<T>(schema: z.ZodType<T>, body: unknown, then: (value: T) => unknown): Told {
  const parsed = schema.safeParse(body)
  if (parsed.success) return told(then(parsed.data))
  return { status: 422, body: { message: z.prettifyError(parsed.error) } }
}
