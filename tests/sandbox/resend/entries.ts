import type { Sent } from './emails.ts'
import type { KeptKey } from './idempotency.ts'
import type { Received } from './receiving.ts'
import type { Suppression } from './suppressions.ts'
import type { Delivery } from './webhooks.ts'

/** One thing that happened, of those that must outlive the process. */
export type Entry =
  /** Messages, and the key they came with: one line, so that neither is ever there without the other. */
  | { kind: 'taken'; emails: Sent[]; key: KeptKey | null }
  | { kind: 'event'; delivery: Delivery }
  | { kind: 'told'; id: string; state: Delivery['state'] }
  | { kind: 'suppressed'; suppression: Suppression }
  | { kind: 'released'; id: string }
  | { kind: 'received'; email: Received }
