import { Account } from './account.ts'
import { Clock } from './clock.ts'
import { Emails } from './emails.ts'
import { Faults } from './faults.ts'
import { IdempotencyKeys } from './idempotency.ts'
import { Quotas, RateLimit } from './rate.ts'
import { Inbox } from './receiving.ts'
import { Suppressions } from './suppressions.ts'
import { Webhooks } from './webhooks.ts'

/** Everything that one stand-in knows; all of it in memory. */
export type StandIn = {
  clock: Clock
  account: Account
  rate: RateLimit
  quotas: Quotas
  keys: IdempotencyKeys
  suppressions: Suppressions
  webhooks: Webhooks
  emails: Emails
  inbox: Inbox
  faults: Faults
}

export function newStandIn(): StandIn {
  const clock = new Clock()
  const suppressions = new Suppressions(clock)
  const webhooks = new Webhooks(clock)
  return {
    clock,
    account: new Account(),
    rate: new RateLimit(clock),
    quotas: new Quotas(clock),
    keys: new IdempotencyKeys(clock),
    suppressions,
    webhooks,
    emails: new Emails(clock, suppressions, webhooks),
    inbox: new Inbox(clock, webhooks),
    faults: new Faults(),
  }
}
