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
  'failed',
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
  // Evidence settles what was uncertain, and shows that what looked refused was not.
  uncertain: 2,
  refused: 3,
  cancelled: 3,
  accepted: 4,
  delayed: 5,
  failed: 6,
  delivered: 7,
  suppressed: 8,
  bounced: 9,
  complained: 10,
}

/** The state after news of `heard`: the weightier of the two, whatever order they come in. */
export function foldState(now: MessageState, heard: MessageState): MessageState {
  return weight[heard] > weight[now] ? heard : now
}

/** The states that give way to this one. */
export function lighterThan(state: MessageState): MessageState[] {
  return messageStates.filter((each) => weight[each] < weight[state])
}

/** The provider may still be asked about these, or was asked and nobody knows: their address is still needed. */
export const openStates = ['queued', 'sending', 'uncertain'] satisfies MessageState[]

export function isOpen(state: MessageState): boolean {
  return openStates.some((open) => open === state)
}

/** The provider has had it, whatever became of it then. */
export function wasTaken(state: MessageState): boolean {
  return weight[state] >= weight.accepted && state !== 'suppressed'
}

/** Whose mail waits for whom: a sign-in or a receipt before a letter, a letter before an update. */
export const lanes = ['prompt', 'letters', 'updates'] as const
export type Lane = (typeof lanes)[number]

/** What a suppression keeps away: everything, or only what nobody has to be sent. */
export type Scope = 'all' | 'marketing'

/** Why and about what a message is sent, for the timeline and the law. */
export type Cause = {
  /** The template: "updates.confirm-subscription". */
  kind: string
  /** What it is about: "subscription:ID". */
  about: string
  lane: Lane
  scope: Scope
}

/** The provider forgets a key after 24 hours; an hour before that nothing is asked again. */
const ASK_AGAIN_WITHIN_MS = 23 * 60 * 60 * 1000

/** Whether the provider is sure to remember a key that it may first have been shown then. */
export function mayStillAsk(firstAttemptAt: Date, now: Date): boolean {
  return now.getTime() - firstAttemptAt.getTime() < ASK_AGAIN_WITHIN_MS
}
