import type Stripe from 'stripe'
import { z } from 'zod'
import { hear, nothing, read, told, type Told } from '../parts/control.ts'
import type { RequestLog } from '../parts/log.ts'
import type { Call } from '../parts/server.ts'
import { keyKinds } from './account.ts'
import { answerDispute, close, dispute, escalate } from './disputes.ts'
import { errorNames } from './errors.ts'
import { payLate } from './late.ts'
import type { LogLine } from './log-line.ts'
import { declineNames } from './methods.ts'
import { declineCard, payByCard } from './paying.ts'
import { failRefund } from './refunds.ts'
import type { StandIn } from './stand-in.ts'

const settings = z
  .strictObject({
    livemode: z.boolean(),
    name: z.string().nullable(),
    keys: z.record(z.string(), z.enum(keyKinds)),
    rates: z.record(z.string(), z.number().positive()),
    feeMs: z.number().min(0),
    lateDays: z.number().min(0),
  })
  .partial()

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

const deciding = (disputed: number) =>
  z.union([
    z.strictObject({ outcome: z.enum(['won', 'lost']) }),
    z.strictObject({
      outcome: z.literal('partly-won'),
      amount: z
        .number()
        .int()
        .positive()
        .max(disputed - 1),
    }),
  ])

/**
 * The control API: how tests and the sandbox move the stand-in. No part of Stripe, and for this machine alone.
 * `README.md` beside this file lists it.
 */
export function control(standIn: StandIn, log: RequestLog<LogLine>, reset: () => void, call: Call): Told {
  const heard = hear(standIn, errorNames, log, reset, call)
  if (heard.outcome === 'told') return heard.told
  const { body, id, what } = heard.asked
  const { account, store } = standIn

  switch (what) {
    case 'PUT settings':
      return read(settings, body, ({ keys: kinds = {}, rates: more = {}, ...rest }) => {
        Object.assign(account, rest)
        Object.assign(account.rates, more)
        for (const [key, kind] of Object.entries(kinds)) account.keys.set(key, kind)
        return {}
      })
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
    case 'POST disputes/:id/answer':
    case 'POST disputes/:id/escalate': {
      const found = store.findOf('dispute', id)
      if (!found) return nothing('dispute')
      const go = what.endsWith('answer') ? answerDispute : escalate
      return change(standIn, z.strictObject({}), body, () => go(standIn, found))
    }
    case 'POST disputes/:id/close': {
      const found = store.findOf('dispute', id)
      if (!found) return nothing('dispute')
      return change(standIn, deciding(found.amount), body, (decision) => close(standIn, found, decision))
    }
    case 'POST refunds/:id/fail': {
      const found = store.findOf('refund', id)
      if (!found) return nothing('refund')
      const why = z.strictObject({ reason: z.string().default('lost_or_stolen_card') })
      return change(standIn, why, body, ({ reason }) => failRefund(standIn, found, reason))
    }
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
