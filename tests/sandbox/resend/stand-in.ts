import { Account } from './account.ts'
import { Clock } from '../parts/clock.ts'
import { Emails } from './emails.ts'
import { Faults } from '../parts/faults.ts'
import type { ErrorName } from './errors.ts'
import { IdempotencyKeys } from './idempotency.ts'
import { Kept } from '../parts/kept.ts'
import type { Entry } from './entries.ts'
import { Quotas, RateLimit } from './rate.ts'
import { Inbox } from './receiving.ts'
import { Suppressions } from './suppressions.ts'
import { Webhooks } from './webhooks.ts'

/** Everything that one stand-in knows. All of it is in memory; `kept` says what of it is on disk too. */
export type StandIn = {
  clock: Clock
  kept: Kept<Entry>
  account: Account
  rate: RateLimit
  quotas: Quotas
  keys: IdempotencyKeys
  suppressions: Suppressions
  webhooks: Webhooks
  emails: Emails
  inbox: Inbox
  faults: Faults<ErrorName>
}

export function newStandIn(kept = new Kept<Entry>(undefined)): StandIn {
  const clock = new Clock()
  const suppressions = new Suppressions(clock, kept)
  const webhooks = new Webhooks(clock, kept)
  return {
    clock,
    kept,
    account: new Account(),
    rate: new RateLimit(clock),
    quotas: new Quotas(clock),
    keys: new IdempotencyKeys(clock),
    suppressions,
    webhooks,
    emails: new Emails(clock, suppressions, webhooks),
    inbox: new Inbox(clock, webhooks, kept),
    faults: new Faults<ErrorName>(),
  }
}
