import { foldState, type MessageState } from './message.ts'

/** A piece of evidence of what became of a message. */
export type Told = { id: string; type: string; detail: string | null; occurredAt: Date }

/** What a piece of evidence means for the message; undefined for those that say nothing of delivery. */
export function stateTold({ type, detail }: Pick<Told, 'type' | 'detail'>): MessageState | undefined {
  switch (type) {
    // The first two are told only to those who ask.
    case 'email.queued':
    case 'email.scheduled':
    case 'email.sent':
    case 'person.accepted':
      return 'accepted'
    case 'email.delivery_delayed':
      return 'delayed'
    case 'email.delivered':
    case 'email.opened':
    case 'email.clicked':
      return 'delivered'
    case 'email.bounced':
      // Not every bounce is for good: a full mailbox is no wrong address (Resend, "Email bounces").
      return detail?.startsWith('Permanent') ? 'bounced' : 'delayed'
    case 'email.suppressed':
      return 'suppressed'
    case 'email.complained':
      return 'complained'
    case 'email.failed':
      return 'failed'
    case 'person.refused':
      return 'refused'
    default:
      return undefined
  }
}

/**
 * The state of a message after all that is known of it, and the reason that belongs to that state. Whatever order the
 * evidence comes in, and however often, the end is the same: of several that say as much, the earliest gives the reason.
 */
export function foldTold(
  now: { state: MessageState; reason: string | null },
  told: Told[],
): { state: MessageState; reason: string | null } {
  const news = told.flatMap((each) => {
    const state = stateTold(each)
    return state ? [{ ...each, state }] : []
  })
  const state = news.reduce((before, each) => foldState(before, each.state), now.state)
  const [first] = news
    .filter((each) => each.state === state)
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.id < b.id ? -1 : 1))
  return first ? { state, reason: first.detail } : now
}
