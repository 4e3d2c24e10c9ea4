import type { Served } from './serve.ts'

/** One request, as the log tells of it. It holds ids and no names, addresses or secrets. */
export type LogLine = {
  number: number
  /** The stand-in's own time. */
  at: string
  /** What was asked of the API, or what a payer did on its page. */
  route: string
  path: string
  key: string | null
  outcome: Served['outcome']
  status: number
  error: string | null
  /** What was done to it on purpose. */
  fault: string | null
  /** The object that was answered with, whether or not the answer ever arrived. */
  id: string | null
  /** Its metadata, with `accepted`: whose it is. Each object that was made by a request stands there once. */
  metadata: Record<string, string> | null
}
