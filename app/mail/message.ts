/**
 * A message's life, in order. "Accepted" is the provider's word that it has taken it; "delivered" is the receiving
 * server's. Nobody can know more than that.
 */
export const messageStates = [
  'queued',
  'sending',
  'accepted',
  'delayed',
  'delivered',
  'bounced',
  'complained',
  'suppressed',
  'refused',
  'uncertain',
  'cancelled',
] as const

export type MessageState = (typeof messageStates)[number]

/**
 * What the provider tells us afterwards may come twice, late and out of order: a state only ever gives way to one that
 * says more. A complaint outweighs a bounce, a bounce a delivery; a late "delivered" never hides a complaint.
 */
const weight: Record<MessageState, number> = {
  queued: 0,
  sending: 1,
  // Evidence that it arrived settles what was uncertain, and shows that what looked refused was not.
  uncertain: 2,
  refused: 2,
  cancelled: 2,
  accepted: 3,
  delayed: 4,
  delivered: 5,
  suppressed: 6,
  bounced: 7,
  complained: 8,
}

/** The state after news of `heard`: the weightier of the two, whatever order they come in. */
export function foldState(now: MessageState, heard: MessageState): MessageState {
  return weight[heard] > weight[now] ? heard : now
}

/** Whose mail waits for whom: a sign-in or a receipt before a letter, a letter before an update. */
export const lanes = ['prompt', 'letters', 'updates'] as const
export type Lane = (typeof lanes)[number]

/** What a suppression keeps away: everything, or only what nobody has to be sent. */
export type Scope = 'all' | 'marketing'

/** The provider forgets a key after 24 hours; an hour before that nothing is asked again. */
export const ASK_AGAIN_WITHIN_MS = 23 * 60 * 60 * 1000
