import { bareAddress } from './letter.ts'

/** What becomes of a message to an address once it has been taken. */
export const outcomes = [
  'delivered',
  'bounced',
  'bounced-transient',
  'complained',
  'delayed',
  'suppressed',
  'failed',
  'silent',
] as const
export type Outcome = (typeof outcomes)[number]

/**
 * resend.com/docs/dashboard/emails/send-test-emails: the four test addresses, each but the last with `+label`. Those
 * after them are the stand-in's own.
 */
const testAddresses: Record<string, Outcome> = {
  delivered: 'delivered',
  bounced: 'bounced',
  complained: 'complained',
  suppressed: 'suppressed',
  'bounced-transient': 'bounced-transient',
  delayed: 'delayed',
  failed: 'failed',
  silent: 'silent',
}

export function isTestAddress(address: string): boolean {
  return (bareAddress(address) ?? '').toLowerCase().endsWith('@resend.dev')
}

/** The fate of a test address; undefined for any other. */
export function testOutcome(address: string): Outcome | undefined {
  const match = /^([^+@]+)(\+[^@]*)?@resend\.dev$/i.exec(bareAddress(address) ?? '')
  const [, name = '', label] = match ?? []
  if (name === 'suppressed' && label) return undefined
  return testAddresses[name.toLowerCase()]
}
