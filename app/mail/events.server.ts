import { clock } from '#app/platform/clock.server.ts'
import type { MailEvent, Prisma, Tx } from '#app/platform/db.server.ts'
import { foldState, type MessageState } from './message.ts'
import { suppress } from './suppressions.server.ts'

/** Three soft bounces in this time, and an address counts as one that cannot be reached. */
const SOFT_BOUNCES = 3
const SOFT_BOUNCE_DAYS = 30

/** What an event of the provider's means for the message; undefined for events that say nothing of delivery. */
export function stateTold(type: string, detail: string | null): MessageState | undefined {
  switch (type) {
    case 'email.sent':
      return 'accepted'
    case 'email.delivery_delayed':
      return 'delayed'
    case 'email.delivered':
      return 'delivered'
    case 'email.bounced':
      // Not every bounce is for good: a full mailbox is no wrong address (Resend, "Email bounces").
      return detail?.startsWith('Permanent') ? 'bounced' : 'delayed'
    case 'email.suppressed':
      return 'suppressed'
    case 'email.complained':
      return 'complained'
    case 'email.failed':
      return 'refused'
    default:
      return undefined
  }
}

/**
 * Brings what the provider has told us into the states of the messages, in whatever order it came. News of a message
 * whose call has had no answer yet still finds it, by our own tag: it is the proof that the call was taken.
 */
export async function foldEvents(tx: Tx, which: Prisma.MailEventWhereInput): Promise<void> {
  const events = await tx.mailEvent.findMany({ where: { ...which, folded: false } })
  for (const event of events) {
    const message = await messageOf(tx, event)
    if (!message) continue
    const told = stateTold(event.type, event.detail)
    const state = told ? foldState(message.state, told) : message.state
    await tx.message.update({
      where: { id: message.id },
      data: {
        providerId: message.providerId ?? event.providerId,
        ...(state === message.state
          ? {}
          : { state, stateAt: clock.now(), reason: event.detail ?? message.reason }),
      },
    })
    await tx.mailEvent.update({ where: { id: event.id }, data: { folded: true } })
    // The provider itself keeps both away from every kind of mail.
    if (told === 'bounced') await suppress(tx, message.addressHash, 'all', 'bounced')
    if (told === 'complained') await suppress(tx, message.addressHash, 'all', 'complained')
    if (event.type === 'email.bounced' && told === 'delayed') await countSoftBounces(tx, message.addressHash)
  }
}

/** The message of an event, locked: two events of one message are folded one after the other. */
async function messageOf(tx: Tx, event: MailEvent) {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    select id from message
    where provider_id = ${event.providerId} or id = ${uuidOrNull(event.messageId)}::uuid
    for update`
  return found && tx.message.findUniqueOrThrow({ where: { id: found.id } })
}

function uuidOrNull(text: string | null): string | null {
  return text && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : null
}

async function countSoftBounces(tx: Tx, addressHash: string): Promise<void> {
  const since = new Date(clock.now().getTime() - SOFT_BOUNCE_DAYS * 86_400_000)
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from mail_event e join message m on m.provider_id = e.provider_id
    where m.address_hash = ${addressHash} and e.type = 'email.bounced' and e.occurred_at >= ${since}::timestamptz`
  if ((row?.count ?? 0) >= SOFT_BOUNCES) await suppress(tx, addressHash, 'all', 'bounced')
}
