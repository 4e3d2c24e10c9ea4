import type { Reader } from '#app/platform/db.server.ts'
import { readBudget } from './budget.server.ts'
import type { Lane, MessageState } from './message.ts'

export type MailStatus = {
  /** Requests a second that the provider takes. */
  perSecond: number
  /** Letters and updates wait until then. */
  pausedUntil: Date | null
  /** Why nothing is sent until a person acts. */
  stopped: string | null
  counts: { lane: Lane; state: MessageState; count: number }[]
  /** News about no message of ours: somebody else's mail on the same account, or a webhook of another installation. */
  unknownNews: number
}

/** How the mail stands: what holds it up, and how many messages are in which state. */
export async function mailStatus(reader: Reader): Promise<MailStatus> {
  const groups = await reader.message.groupBy({
    by: ['lane', 'state'],
    _count: true,
    orderBy: [{ lane: 'asc' }, { state: 'asc' }],
  })
  return {
    ...(await readBudget(reader)),
    counts: groups.map(({ lane, state, _count: count }) => ({ lane, state, count })),
    unknownNews: await reader.mailEvent.count({ where: { folded: false, type: { startsWith: 'email.' } } }),
  }
}
