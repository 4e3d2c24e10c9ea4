import type { RequestLine } from '../parts/log.ts'
import type { Served } from './serve.ts'

/**
 * One request to the API, or what a payer did on the page, as the log tells of it. It holds ids and no names, addresses
 * or secrets.
 */
export type LogLine = RequestLine & {
  outcome: Served['outcome']
  /** The object that was answered with, whether or not the answer ever arrived. */
  id: string | null
  /** Its metadata, with `accepted`: whose it is. Each object that was made by a request stands there once. */
  metadata: Record<string, string> | null
}
