import { z } from 'zod'
import { done, failed, type ApiRequest, type Done } from './answer.ts'
import { failure, noSuch } from './errors.ts'
import { emit } from './events.ts'
import { cancelFor } from './intents.ts'
import { newLineItems } from './line-items.ts'
import { listOf } from './lists.ts'
import { readParams, text } from './params.ts'
import { sessionFields, termsOf, whyNotBegun } from './session-request.ts'
import { newSession } from './session.ts'
import type { StandIn } from './stand-in.ts'
import { newId, planIdOf } from './store.ts'

/** docs.stripe.com/api/checkout/sessions/create */
export function createSession(standIn: StandIn, { origin, params }: ApiRequest): Done {
  const read = readParams(sessionFields, params)
  if (read.outcome === 'failed') return read
  const asked = read.value
  const { account, seconds, store } = standIn
  const terms = termsOf(asked, seconds)
  const wrong = whyNotBegun(standIn, asked, terms)
  if (wrong) return failed(wrong)

  const id = newId(account.livemode ? 'cs_live' : 'cs_test')
  const session = store.save(newSession(standIn, id, asked, terms, origin))
  const { payment_intent_data: payment } = asked
  store.save({
    object: 'plan',
    id: planIdOf(id),
    description: payment?.description ?? null,
    line_items: newLineItems(standIn, asked, terms.currency),
    metadata: payment?.metadata ?? {},
    receipt_email: payment?.receipt_email ?? null,
    statement_descriptor: payment?.statement_descriptor ?? null,
    statement_descriptor_suffix: payment?.statement_descriptor_suffix ?? null,
  })
  standIn.plan('expire', id, terms.expiresAt * 1000)
  return done(session)
}

/** docs.stripe.com/api/checkout/sessions/retrieve */
export function getSession({ store }: StandIn, { ref }: ApiRequest): Done {
  const session = store.findOf('checkout.session', ref)
  return session ? done(session) : failed(noSuch('checkout.session', ref))
}

/** docs.stripe.com/api/checkout/sessions/list */
export const listSessions = listOf('checkout.session', '/v1/checkout/sessions', {
  customer: text,
  payment_intent: text,
  status: z.enum(['complete', 'expired', 'open']).optional(),
})

/**
 * docs.stripe.com/api/checkout/sessions/expire: only one that is open. Stripe's words for the others are those of
 * github.com/Sylius/PayumStripePlugin/issues/70.
 */
export function expireSession(standIn: StandIn, { params, ref }: ApiRequest): Done {
  const read = readParams(z.strictObject({}), params)
  if (read.outcome === 'failed') return read
  const session = standIn.store.findOf('checkout.session', ref)
  if (!session) return failed(noSuch('checkout.session', ref))
  if (session.status !== 'open') {
    const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`
    return failed(failure('not_now', { message }))
  }
  expire(standIn, ref)
  return done(session)
}

/**
 * Nobody can pay any more, and a payment that was begun is cancelled with it: expiring the session is how that is done
 * (docs.stripe.com/api/checkout/sessions/object#checkout_session_object-payment_intent).
 */
export function expire(standIn: StandIn, id: string): void {
  const session = standIn.store.findOf('checkout.session', id)
  if (session?.status !== 'open') return
  standIn.store.save(Object.assign(session, { status: 'expired', url: null }))
  cancelFor(standIn, session)
  emit(standIn, 'checkout.session.expired', session)
}
