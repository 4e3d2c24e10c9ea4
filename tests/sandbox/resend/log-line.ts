import type { RequestLine } from '../parts/log.ts'

/** One message that was taken, with what it takes to count it: to whom, and which of the sender's it was. */
export type AcceptedLine = { id: string; to: string[]; tags: Record<string, string> }

/** One request, as the log tells of it. */
export type LogLine = RequestLine & {
  /** `accepted` took messages, `replayed` answered from the key, `refused` took nothing, `answered` only told something. */
  outcome: 'accepted' | 'replayed' | 'answered' | 'refused'
  /** The ids in the answer, whether or not it ever arrived. */
  ids: string[]
  /** Only with `accepted`: each message stands in the log once in its life. */
  accepted: AcceptedLine[]
}
