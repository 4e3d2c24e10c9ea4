import type { IncomingHttpHeaders } from 'node:http'
import type { ApiError } from './errors.ts'
import type { AcceptedLine, LogLine } from './log-line.ts'

/** A request to the API, read. */
export type ApiRequest = {
  method: string
  path: string
  /** The parts of the path that its route leaves open. */
  params: string[]
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
  /** The Idempotency-Key header; undefined if there is none. */
  key: string | undefined
}

/** What the API says to it, and what the log says of it. */
export type Answer = {
  status: number
  body: unknown
  outcome: LogLine['outcome']
  ids?: string[]
  accepted?: AcceptedLine[]
}

export function refused(error: ApiError): Answer {
  return { status: error.statusCode, body: error, outcome: 'refused' }
}

export function told(body: unknown, status = 200): Answer {
  return { status, body, outcome: 'answered' }
}
