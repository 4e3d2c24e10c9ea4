import type { IncomingHttpHeaders } from 'node:http'
import type { Failure } from './errors.ts'
import type { Params } from './form.ts'

/** A request to the API, read. */
export type ApiRequest = {
  /** Told back as `Request-Id`, and by the events that it causes (docs.stripe.com/api/request_ids). */
  id: string
  method: string
  path: string
  /** The part of the path that its route leaves open. */
  ref: string
  params: Params
  headers: IncomingHttpHeaders
  /** The Idempotency-Key header of a POST; others need none (docs.stripe.com/api/idempotent_requests). */
  key: string | undefined
  /** Where this stand-in was reached. */
  origin: string
}

/** What was done: an object as the API shows it, or why not. */
export type Done = { outcome: 'done'; body: object } | { outcome: 'failed'; failure: Failure }

export function done(body: object): Done {
  return { outcome: 'done', body }
}

export function failed(failure: Failure): Done {
  return { outcome: 'failed', failure }
}

/** What leaves: also what a key keeps. */
export type Answer = { status: number; body: object }

export function answerOf(result: Done): Answer {
  return result.outcome === 'done'
    ? { status: 200, body: result.body }
    : { status: result.failure.status, body: { error: result.failure.error } }
}
