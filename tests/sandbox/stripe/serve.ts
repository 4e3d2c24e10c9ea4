import { setTimeout as pause } from 'node:timers/promises'
import type { Fault as AnyFault } from '../parts/faults.ts'
import { answerOf, failed, type Answer, type ApiRequest, type Done } from './answer.ts'
import { findRoute, type Route } from './api.ts'
import { failure, type ErrorName, type Failure } from './errors.ts'
import { API_VERSION } from './events.ts'
import { expanded } from './expand.ts'
import { firstLineItems } from './line-items.ts'
import type { StandIn } from './stand-in.ts'

export type Fault = AnyFault<ErrorName>

/** How a request fared: what is answered, unless a fault keeps it back, and what the log says. */
export type Served = {
  answer: Answer
  fault: Fault | null
  headers: Record<string, string>
  route: string
  /** `accepted` changed something, `replayed` answered from the key, `answered` only told, `refused` did nothing. */
  outcome: 'accepted' | 'replayed' | 'answered' | 'refused'
  /** What was done, where the answer speaks of a fault instead. */
  unsaid?: object | undefined
}

/**
 * The order of what is looked at: who asks, where, what chance does, the key, and then the request itself
 * (docs.stripe.com/api/idempotent_requests: what is refused before the work began is kept under no key).
 */
export async function serve(standIn: StandIn, request: ApiRequest): Promise<Served> {
  const found = findRoute(request.method, request.path)
  const route = found?.route.name ?? `${request.method} ${request.path}`
  const version = request.headers['stripe-version'] as string | undefined
  const headers = {
    'request-id': request.id,
    'stripe-version': version ?? API_VERSION,
    ...(request.key === undefined ? {} : { 'idempotency-key': request.key, 'original-request': request.id }),
  }
  const refused = (why: Failure, fault: Fault | null = null): Served => ({
    answer: answerOf(failed(why)),
    fault,
    headers,
    route,
    outcome: 'refused',
  })

  const denied = standIn.account.refusal(request.headers.authorization)
  if (denied) return refused(denied)
  // docs.stripe.com/api/versioning: a date, and since 2024 the name of its release.
  if (version !== undefined && !/^\d{4}-\d\d-\d\d(\.\w+)?$/.test(version)) {
    return refused(failure('unknown_version', { message: `Invalid Stripe API version: ${version}` }))
  }
  if (!found) {
    // github.com/exercism/website/issues/7474 has these words.
    const message = `Unrecognized request URL (${request.method}: ${request.path}).`
    return refused(failure('unknown_route', { message }))
  }

  const fault = standIn.faults.draw(route, request.key)
  const early = instead(fault)
  if (early && !early.isStored) return refused(early, fault)
  const claim = standIn.keys.claim(request.key, route.split(' ')[1] + request.ref, request.params)
  if (claim.outcome === 'failed') return refused(claim.failure, fault)
  if (claim.outcome === 'replay') {
    const { answer, request: original } = claim.used
    const replayed = { ...headers, 'original-request': original, 'idempotent-replayed': 'true' }
    return { answer, fault, headers: replayed, route, outcome: 'replayed' }
  }
  if (fault === 'delay') await pause(standIn.faults.plan.delayMs)
  const { answer, isStored, outcome, unsaid } = early
    ? { answer: answerOf(failed(early)), isStored: true, outcome: 'refused' as const, unsaid: undefined }
    : handled(standIn, found.route, { ...request, ref: found.ref }, fault)
  const kept = isStored ? claim.keep(answer, request.id) : null
  if (!isStored) claim.release()
  standIn.commit(kept)
  return { answer, fault, headers, route, outcome, unsaid }
}

/**
 * Does it. A fault of Stripe's own that comes after the work is what the key remembers of it
 * (docs.stripe.com/error-low-level, "Server errors").
 */
function handled(standIn: StandIn, route: Route, request: ApiRequest, fault: Fault | null) {
  standIn.cause = { id: request.id, idempotency_key: request.key ?? null }
  const result = withExpansion(standIn, route.handle(standIn, request), request)
  standIn.cause = { id: null, idempotency_key: null }
  const isDone = result.outcome === 'done'
  const outcome: Served['outcome'] = !isDone ? 'refused' : request.method === 'POST' ? 'accepted' : 'answered'
  const isStored = isDone || result.failure.isStored
  if (isDone && fault === 'accepted-server-error') {
    return { answer: answerOf(failed(failure('server_error'))), isStored, outcome, unsaid: result.body }
  }
  return { answer: answerOf(result), isStored, outcome, unsaid: undefined }
}

function withExpansion(standIn: StandIn, result: Done, { params }: ApiRequest): Done {
  if (result.outcome === 'failed') return result
  return expanded(result.body, params['expand'], {
    find: (id) => {
      const found = standIn.store.find(id)
      return found && found.object !== 'plan' && found.object !== 'job' ? found : undefined
    },
    include: (holder, name) => {
      const { id, object } = holder as { id?: string; object?: string }
      return object === 'checkout.session' && name === 'line_items'
        ? firstLineItems(standIn, id ?? '')
        : undefined
    },
  })
}

/** What a fault answers in place of the API, before anything is done; undefined if it does its work later. */
function instead(fault: Fault | null): Failure | undefined {
  if (fault === null) return undefined
  if (typeof fault !== 'string') return failure(fault.error)
  switch (fault) {
    case 'rate-limit':
      return failure('rate_limit')
    case 'server-error':
      return failure('server_error')
    case 'bad-gateway':
    case 'refuse':
    case 'hang':
      return { ...failure('server_error'), isStored: false }
    case 'delay':
    case 'drop':
    case 'accepted-hang':
    case 'accepted-server-error':
    case 'html':
      return undefined
  }
}
