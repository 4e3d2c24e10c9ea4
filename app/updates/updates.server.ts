import type { Reader } from '#app/platform/db.server.ts'
import { dayOfDate, type Day } from '#app/shared/dates.ts'
import { markdownToHtml } from './markdown.ts'

/** An update as the archive lists it. */
export type ListedUpdate = { slug: string; subject: string; preview: string; day: Day }

/** Every update that was ever sent, the newest first. */
export async function listUpdates(reader: Reader): Promise<ListedUpdate[]> {
  const updates = await reader.update.findMany({
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { slug: true, subject: true, preview: true, createdAt: true },
  })
  return updates.map(({ createdAt, ...update }) => ({ ...update, day: dayOfDate(createdAt) }))
}

/** An update as a page shows it: the same words as the mail, and nobody's own links. */
export type PublishedUpdate = ListedUpdate & { html: string }

/** The update of that name in the address; null when there is none. */
export async function findUpdate(reader: Reader, slug: string): Promise<PublishedUpdate | null> {
  const update = await reader.update.findUnique({
    where: { slug },
    select: { slug: true, subject: true, preview: true, markdown: true, createdAt: true },
  })
  if (!update) return null
  const { markdown, createdAt, ...listed } = update
  return { ...listed, day: dayOfDate(createdAt), html: markdownToHtml(markdown) }
}
