/**
 * A letter's life.
 * - awaiting: signed, and not yet confirmed from the signer's mailbox
 * - confirmed: to be sent
 * - held: confirmed, and waits for its signer: to whom it goes has changed
 * - sending: in the outbox
 * - sent: the mail provider has taken it
 * - delivered: the recipient's server has taken it; nobody can know more than that
 * - undeliverable: it was refused, or came back
 * - expired: its signer did not answer in time
 * - withdrawn: its signer took it back
 * - disowned: whose address it was said that it was not theirs
 */
export const letterStates = [
  'awaiting',
  'confirmed',
  'held',
  'sending',
  'sent',
  'delivered',
  'undeliverable',
  'expired',
  'withdrawn',
  'disowned',
] as const

export type LetterState = (typeof letterStates)[number]

/** Who brought a move about. `mail`: what the mail provider says became of it. */
export type LetterActor = 'signer' | 'dispatch' | 'mail' | 'staff' | 'clock'

/**
 * Which state may follow which, and by whose doing. There is one way to `sending`: through `confirmed`, where only the
 * signer leads.
 */
const mayBecome: Record<LetterState, Partial<Record<LetterState, readonly LetterActor[]>>> = {
  awaiting: { confirmed: ['signer'], withdrawn: ['signer'], disowned: ['signer'], expired: ['clock'] },
  confirmed: { sending: ['dispatch'], held: ['dispatch', 'staff'], withdrawn: ['signer'] },
  held: { confirmed: ['signer', 'staff'], withdrawn: ['signer'], expired: ['clock'] },
  // Withdrawn from the outbox: as long as nobody has asked the provider to take it.
  sending: {
    sent: ['mail'],
    delivered: ['mail'],
    undeliverable: ['mail'],
    withdrawn: ['signer'],
  },
  sent: { delivered: ['mail'], undeliverable: ['mail'] },
  // A server that took it may send it back later.
  delivered: { undeliverable: ['mail'] },
  undeliverable: {},
  expired: {},
  withdrawn: {},
  disowned: {},
}

export function isAllowedMove(from: LetterState, to: LetterState, actor: LetterActor): boolean {
  return mayBecome[from][to]?.includes(actor) ?? false
}

/** The letter is over, and never left: who signed it is nobody's business any more. */
export const endedUnsent = ['expired', 'withdrawn', 'disowned'] as const satisfies LetterState[]

export function isEndedUnsent(state: LetterState): boolean {
  return endedUnsent.some((each) => each === state)
}

/** Why a confirmed letter waits for its signer. */
export const holdReasons = [
  /** Somebody else holds the seat than the signer agreed to write to. */
  'holder-changed',
  /** Nobody holds it. */
  'vacant',
  /** Its holder cannot be written to by email any more, and the signer can do it another way. */
  'no-email',
] as const

export type HoldReason = (typeof holdReasons)[number]

/** So long a letter waits for its signer to confirm it. */
export const CONFIRM_WITHIN_DAYS = 7

/** So long after the first mail one reminder goes to whoever has not answered. */
export const REMIND_AFTER_HOURS = 24

/** So long a held letter waits. */
export const HELD_DAYS = 30

/** At most so many mails that nobody has confirmed go to one mailbox in a day: whoever types another's address fills none. */
export const MAILS_A_DAY = 3

/** So many wrong codes, and only the link in the mail confirms. */
export const MOST_CODE_TRIES = 5

/** So long a sent letter's words, and whose they are, are kept: for its copy, and for what the office asks. */
export const KEPT_DAYS = 90

/** A draft that nobody touched for so long is forgotten. */
export const DRAFT_DAYS = 7
