import { sayDay } from '#app/shared/dates.ts'
import { Card, LinkList } from '#app/ui/link-list.tsx'
import { Prose } from '#app/ui/prose.tsx'
import type { ListedUpdate } from '../updates.server.ts'

/** Every update that was sent, as a list of pages to read, in the order given. */
export function UpdateList({ updates }: { updates: ListedUpdate[] }) {
  if (updates.length === 0) return <Prose text="No update has been sent yet." />
  return (
    <LinkList>
      {updates.map(({ slug, subject, preview, day }) => (
        <Card
          key={slug}
          href={`/updates/${slug}`}
          title={subject}
          kicker={<time dateTime={day}>{sayDay(day)}</time>}
        >
          {preview}
        </Card>
      ))}
    </LinkList>
  )
}
