/**
 * What the provider's answer to a call means, and what happens next. By the status first and the name second: the
 * provider adds names faster than anyone's list of them (Resend, "Errors"; its idempotency keys live 24 hours).
 */
export type Verdict =
  /** It has been taken: every message of the call is on its way. */
  | { action: 'accepted' }
  /** It may or may not have been taken: ask again with the same bytes and the same key. */
  | { action: 'ask-again' }
  /** Not now: the same again after a pause. It was not an attempt at delivery. */
  | { action: 'wait'; because: 'rate' | 'busy' }
  /** The day's or the month's allowance is used up: everything but prompt mail waits until it is new. */
  | { action: 'pause'; because: 'daily-quota' | 'monthly-quota' }
  /**
   * It has not been taken and never will be as it is: a batch is halved until the wrong message is found. `forGood` when
   * that lies in the bytes alone, so that an earlier request with the same bytes was not taken either.
   */
  | { action: 'refused'; because: string; forGood: boolean }
  /** Nothing can be sent until a person acts: the key is wrong, the domain not verified, the account suspended. */
  | { action: 'stop'; because: string }
  /** The provider knows this key with other bytes: a fault of ours. Never asked again, the first may have gone out. */
  | { action: 'halt'; because: string }

/** An error as the provider's SDK reports it; `status` is null when no readable answer came at all. */
export type ProviderError = { status: number | null; name: string }

/** Classifies an error of the provider's. Total: an unknown name, and an unknown status, have their answer too. */
export function verdictOn({ status, name }: ProviderError): Verdict {
  // A timeout, a reset connection and a page of HTML under status 200 look alike: maybe sent.
  if (status === null || status < 400) return { action: 'ask-again' }
  if (status >= 500 || status === 408) return { action: 'ask-again' }
  switch (status) {
    // The last two say nothing of the message: we are asking at the wrong place.
    case 401:
    case 402:
    case 403:
    case 404:
    case 405:
      return { action: 'stop', because: name }
    case 409:
      return onConflict(name)
    case 425:
      return { action: 'wait', because: 'busy' }
    case 429:
      return onTooMany(name)
    case 400:
    case 413:
    case 422:
      return { action: 'refused', because: name, forGood: true }
    default:
      return { action: 'refused', because: name, forGood: false }
  }
}

/**
 * Whether a request with this outcome may have been taken. An attempt without a verdict may. Who is told that they are too
 * fast, too many or not let in has handed over nothing; a conflict may be with their own first request.
 */
export function mayHaveBeenTaken(outcome: { verdict: string | null; status: number | null }): boolean {
  switch (outcome.verdict) {
    case 'pause':
    case 'stop':
    case 'refused':
      return false
    case 'wait':
      return outcome.status !== 429
    default:
      return true
  }
}

function onConflict(name: string): Verdict {
  switch (name) {
    case 'concurrent_idempotent_requests':
    case 'resource_locked':
      return { action: 'wait', because: 'busy' }
    case 'invalid_idempotent_request':
      return { action: 'halt', because: name }
    default:
      // A conflict of a kind nobody knows: the careful reading is that something of ours is already there.
      return { action: 'halt', because: name }
  }
}

function onTooMany(name: string): Verdict {
  switch (name) {
    case 'daily_quota_exceeded':
      return { action: 'pause', because: 'daily-quota' }
    case 'monthly_quota_exceeded':
      return { action: 'pause', because: 'monthly-quota' }
    default:
      return { action: 'wait', because: 'rate' }
  }
}
