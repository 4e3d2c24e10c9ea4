import type { MessageState } from '#app/mail/message.ts'
import type { Reader } from '#app/platform/db.server.ts'

/** How far an update has come, to the person: messages and skipped together are the audience. */
export type UpdateProgress = {
  /** False while the audience is still being turned into mail; the numbers then grow. */
  prepared: boolean
  audience: number
  /** How many messages are in which state; states without one are left out. */
  messages: Partial<Record<MessageState, number>>
  /** Who got none and why, whether that was known at first or only when their turn came. */
  skipped: Record<string, number>
}

/** Counts an update's deliveries by what has become of them. Throws when there is no such update. */
export async function updateProgress(reader: Reader, id: string): Promise<UpdateProgress> {
  const { state } = await reader.update.findUniqueOrThrow({ where: { id }, select: { state: true } })
  const rows = await reader.$queryRaw<
    { skipped: string | null; state: MessageState | null; count: number }[]
  >`
    select coalesce(delivery.skipped, case when message.state = 'suppressed' then coalesce(message.reason, 'suppressed') end)
             as skipped,
           message.state::text as state,
           count(*)::int as count
    from delivery left join message on message.id = delivery.message_id
    where delivery.update_id = ${id}::uuid
    group by 1, 2`
  const progress: UpdateProgress = {
    prepared: state === 'sending',
    audience: rows.reduce((sum, { count }) => sum + count, 0),
    messages: {},
    skipped: {},
  }
  for (const { skipped, state: messageState, count } of rows) {
    if (skipped !== null) progress.skipped[skipped] = (progress.skipped[skipped] ?? 0) + count
    else if (messageState !== null) progress.messages[messageState] = count
  }
  return progress
}
