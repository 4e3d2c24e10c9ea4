import type { Reader } from '#app/platform/db.server.ts'
import { takeFrom, type Allowance } from '#app/platform/limits.server.ts'
import { likelyMailbox } from '#app/shared/address.ts'

// Whoever has stolen cards tries them on small gifts, hundreds of times; each page that is made for them costs the charity
// money and its good name. A donor needs one, or a few.

const FROM_ONE_NETWORK: Allowance = { times: 10, perSeconds: 3600 }
const FOR_ONE_MAILBOX: Allowance = { times: 5, perSeconds: 3600 }
const FOR_THE_SITE: Allowance = { times: 600, perSeconds: 3600 }

/** A promise costs nothing but a row. */
const PROMISES_FROM_ONE_NETWORK: Allowance = { times: 30, perSeconds: 3600 }

/** Counts a payment page that is about to be asked for. False when that would be too many. */
export async function mayAskForPage(reader: Reader, network: string, email: string): Promise<boolean> {
  const limits = [
    ['payment-page-network', network, FROM_ONE_NETWORK],
    ['payment-page-mailbox', likelyMailbox(email), FOR_ONE_MAILBOX],
    ['payment-page-site', 'all', FOR_THE_SITE],
  ] as const
  for (const [what, who, allowance] of limits) {
    if ((await takeFrom(reader, what, who, allowance)).outcome === 'limited') return false
  }
  return true
}

/** Counts a promise that is about to be written down. False when that would be too many. */
export async function mayPromise(reader: Reader, network: string): Promise<boolean> {
  const limit = await takeFrom(reader, 'gift-promise', network, PROMISES_FROM_ONE_NETWORK)
  return limit.outcome === 'allowed'
}
