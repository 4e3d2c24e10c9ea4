import type { Lane, MessageState } from './message.ts'

/** One thing that happened to a message. */
export type TimelineEntry =
  | { what: 'queued'; at: Date }
  /** A request to the provider; `verdict` is null while no answer has come. */
  | { what: 'asked'; at: Date; status: number | null; verdict: string | null }
  /** The provider's news, its answer when we looked, or a person's decision. */
  | { what: 'told'; at: Date; by: 'provider' | 'look-up' | 'person'; type: string; detail: string | null }
  /** How it stands now, since when and why. */
  | { what: 'stands'; at: Date; state: MessageState; reason: string | null }

/** All that is known of a message, and nothing of whom it is for. */
export type Timeline = { id: string; kind: string; about: string; lane: Lane; entries: TimelineEntry[] }

/** An entry in words, for staff. */
export function wordsFor(entry: TimelineEntry): string {
  switch (entry.what) {
    case 'queued':
      return 'queued'
    case 'asked':
      return `the provider was asked: ${answerInWords(entry)}`
    case 'told':
      return `${saidInWords(entry)}${entry.detail ? ` (${entry.detail})` : ''}`
    case 'stands':
      return `is ${entry.state}${entry.reason ? `: ${entry.reason}` : ''}`
  }
}

function saidInWords({ by, type }: { by: 'provider' | 'look-up' | 'person'; type: string }): string {
  switch (by) {
    case 'provider':
      return `the provider told us: ${type}`
    case 'look-up':
      return `we looked it up at the provider: ${type}`
    case 'person':
      return `a person decided: ${type.replace('person.', '')}`
  }
}

function answerInWords({ status, verdict }: { status: number | null; verdict: string | null }): string {
  const answered = status === null ? 'no readable answer' : `${status}`
  switch (verdict) {
    case null:
      return 'no answer was written down'
    case 'accepted':
      return 'it took the message'
    case 'ask-again':
      return `${answered}; nobody knows whether it was taken, so it is asked again under the same key`
    case 'wait':
      return `${answered}; not now, later`
    case 'pause':
      return `${answered}; the allowance is used up`
    case 'refused':
      return `${answered}; it took nothing and refused the request as it was`
    case 'stop':
      return `${answered}; it lets us send nothing`
    case 'halt':
      return `${answered}; it knows this key with other bytes`
    default:
      return `${answered}; ${verdict}`
  }
}
