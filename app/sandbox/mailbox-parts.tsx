import { sayDay, type Day } from '#app/shared/dates.ts'
import { Notice } from '#app/ui/notice.tsx'
import { Tag } from '#app/ui/tag.tsx'

/** When a mail was sent: "24 November 2026, 22:15:03 UTC". */
export function MailTime({ at }: { at: string }) {
  return (
    <time dateTime={at}>
      {sayDay(at.slice(0, 10) as Day)}, {at.slice(11, 19)} UTC
    </time>
  )
}

/** What the provider last said of a mail: "delivered", "delivery delayed". */
export function MailState({ lastEvent }: { lastEvent: string }) {
  return <Tag>{lastEvent.replaceAll('_', ' ')}</Tag>
}

export function MailboxAway() {
  return (
    <Notice kind="warning" title="The mailbox does not answer">
      It runs beside the site for as long as <code>npm start</code> or <code>npm run dev</code> does, and
      comes back by itself when it has ended. No mail is lost meanwhile. Try again in a moment.
    </Notice>
  )
}
