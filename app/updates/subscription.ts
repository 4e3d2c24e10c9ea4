/**
 * asked: the form was sent, the mail not answered yet. confirmed: updates are sent. left: the person ended it. expired:
 * nobody answered the mail in time.
 */
export const subscriptionStates = ['asked', 'confirmed', 'left', 'expired'] as const
export type SubscriptionState = (typeof subscriptionStates)[number]

/** What can happen to a subscription. Only `confirm` and `leave` are acts of the address's owner. */
export const moves = ['ask', 'confirm', 'leave', 'expire'] as const
export type Move = (typeof moves)[number]

/** Where each move leads from each state; null where it changes nothing. There is one way in: ask, then confirm. */
const table: Record<SubscriptionState, Record<Move, SubscriptionState | null>> = {
  asked: { ask: 'asked', confirm: 'confirmed', leave: 'left', expire: 'expired' },
  confirmed: { ask: null, confirm: null, leave: 'left', expire: null },
  left: { ask: 'asked', confirm: null, leave: null, expire: null },
  expired: { ask: 'asked', confirm: null, leave: null, expire: null },
}

/** The state after a move, or null when the move is not open from here. A subscription begins by being asked for. */
export function after(state: SubscriptionState | undefined, move: Move): SubscriptionState | null {
  if (state === undefined) return move === 'ask' ? 'asked' : null
  return table[state][move]
}

/** The one topic, until there are others to choose from. */
export const EVERYTHING = 'all'

/** How long a request waits for the owner of the address, and how long the link in the mail works. */
export const CONFIRM_WITHIN_HOURS = 72

/** Whoever types somebody else's address over and over fills nobody's mailbox: so many messages of a kind a day. */
export const MESSAGES_A_DAY = 3

/** How long a private link works that was asked for. */
export const PRIVATE_LINK_HOURS = 24
