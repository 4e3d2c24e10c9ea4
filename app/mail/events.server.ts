import { clock } from '#app/platform/clock.server.ts'
import type { MailEvent, Tx } from '#app/platform/db.server.ts'
import { log } from '#app/platform/log.server.ts'
import { isUuid } from '#app/shared/uuid.ts'
import { isOpen, type MessageState } from './message.ts'
import { endIfNothingIsOpen, lockCall } from './states.server.ts'
import { suppress } from './suppressions.server.ts'
import { foldTold, stateTold } from './told.ts'

/** Soft bounces of so many messages in this time, and an address counts as one that cannot be reached. */
const SOFT_BOUNCES = 3
const SOFT_BOUNCE_DAYS = 30

/**
 * Brings a piece of news into the state of its message, with whatever else is known of that message. News of a call
 * that has had no answer yet still finds its message, by our own tag: it is the proof that it was taken.
 */
export async function foldEvent(tx: Tx, event: MailEvent): Promise<void> {
  if (event.folded) return
  const messageId = await messageOf(tx, event)
  if (messageId) await foldMessage(tx, messageId)
}

/** Folds the news of a call's messages that came before its answer, and could not be told whose it was. */
export async function foldNewsOfCall(tx: Tx, callId: string): Promise<void> {
  // In the order of the addresses: two calls to the same people then never wait for each other.
  const messages = await tx.$queryRaw<{ id: string }[]>`
    select m.id from message m
    where m.call_id = ${callId}::uuid and exists (
      select 1 from mail_event e where e.provider_id = m.provider_id and not e.folded)
    order by m.address_hash, m.id`
  for (const { id } of messages) await foldMessage(tx, id)
}

/** The provider's id is the surer sign: a tag may come from a copy of this database that mails as well. */
async function messageOf(tx: Tx, { providerId, messageId }: MailEvent): Promise<string | undefined> {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    select id from message
    where provider_id = ${providerId} or id = ${uuidOrNull(messageId)}::uuid
    order by provider_id = ${providerId} desc nulls last
    limit 1`
  return found?.id
}

async function foldMessage(tx: Tx, id: string): Promise<void> {
  const message = await lockMessage(tx, id)
  const events = await tx.mailEvent.findMany({
    where: {
      OR: [{ messageId: id }, ...(message.providerId ? [{ providerId: message.providerId }] : [])],
    },
  })
  const names = new Set([message.providerId, ...events.map((event) => event.providerId)].filter(Boolean))
  if (names.size > 1) {
    log.error({ messageId: id }, 'the provider has this message under two ids: it may have gone out twice')
  }
  const { state, reason } = foldTold(message, events)
  await tx.message.update({
    where: { id },
    data: {
      reason,
      providerId: [...names][0] ?? null,
      ...(state === message.state ? {} : { state, stateAt: clock.now() }),
      ...(isOpen(state) ? {} : { address: null }),
    },
  })
  await tx.mailEvent.updateMany({
    where: { id: { in: events.map((event) => event.id) }, folded: false },
    data: { folded: true },
  })
  // The provider itself keeps both away from every kind of mail.
  const told = new Set(events.map(stateTold))
  if (told.has('complained')) await suppress(tx, message.addressHash, 'all', 'complained')
  else if (told.has('bounced') || (await bouncesTooOften(tx, message.addressHash, events))) {
    await suppress(tx, message.addressHash, 'all', 'bounced')
  }
  if (message.callIsOpen) await endIfNothingIsOpen(tx, message.callId)
}

type LockedMessage = {
  state: MessageState
  reason: string | null
  providerId: string | null
  addressHash: string
  callId: string
  callIsOpen: boolean
}

/** Locks a message, and before it its call if that may still change: calls are always locked first. */
async function lockMessage(tx: Tx, id: string): Promise<LockedMessage> {
  for (;;) {
    const seen = await tx.message.findUniqueOrThrow({ where: { id }, include: { call: true } })
    const callIsOpen = ['waiting', 'in_flight', 'uncertain'].includes(seen.call.state)
    if (callIsOpen) await lockCall(tx, seen.callId)
    await tx.$queryRaw`select id from message where id = ${id}::uuid for update`
    const message = await tx.message.findUniqueOrThrow({ where: { id } })
    // It was moved to another call in between: a batch was halved.
    if (message.callId === seen.callId) return { ...message, callIsOpen }
  }
}

function uuidOrNull(text: string | null): string | null {
  return text && isUuid(text) ? text : null
}

/** Counted by the times of the bounces, so that it does not matter when we hear of them, or in which order. */
async function bouncesTooOften(tx: Tx, addressHash: string, events: MailEvent[]): Promise<boolean> {
  if (!events.some((event) => event.type === 'email.bounced')) return false
  const days = SOFT_BOUNCE_DAYS * 86_400
  const [row] = await tx.$queryRaw<{ most: number | null }[]>`
    select max(within)::int as most from (
      select count(*) over (
        order by extract(epoch from first_at) range between ${days}::numeric preceding and current row) as within
      from (
        select min(e.occurred_at) as first_at
        from message m join mail_event e on e.provider_id = m.provider_id or e.message_id = m.id::text
        where m.address_hash = ${addressHash} and e.type = 'email.bounced'
          and coalesce(e.detail, '') not like 'Permanent%'
        group by m.id) as bounced) as counted`
  return (row?.most ?? 0) >= SOFT_BOUNCES
}
