import { clock } from '#app/platform/clock.server.ts'
import type { Reader, Tx } from '#app/platform/db.server.ts'
import { contentChanged } from '#app/platform/page-cache.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { countAudience, type Audience } from './audience.server.ts'
import { bytesOf, renderEdition, type Edition } from './edition.server.ts'
import { EVERYTHING } from './subscription.ts'
import { checkUpdate, MOST_HTML_BYTES, type UpdateContent, type UpdateProblem } from './update.ts'

/** Why an update is not started, or need not be. */
export type NotStarted =
  | { outcome: 'refused'; problems: UpdateProblem[] }
  /** This very update has been started before: nothing goes out twice. */
  | { outcome: 'already-started'; id: string }
  /** Another update has this address. */
  | { outcome: 'slug-taken' }

export type PlanUpdate = NotStarted | { outcome: 'ready'; htmlBytes: number; audience: Audience }

/** What would happen if this update were started now. Changes nothing. */
export async function planUpdate(reader: Reader, content: UpdateContent): Promise<PlanUpdate> {
  const made = await makeEdition(reader, content)
  if (made.outcome === 'refused') return made
  const before = await findBefore(reader, content)
  if (before) return before
  return {
    outcome: 'ready',
    htmlBytes: bytesOf(made.edition),
    audience: await countAudience(reader, clock.now()),
  }
}

export type StartUpdate = NotStarted | { outcome: 'started'; id: string }

/**
 * Starts sending an update to everyone who has confirmed by now: from here on it is on the web, and the worker turns
 * its audience into mail. However often the same update is started, it is sent once.
 */
export async function startUpdate(tx: Tx, content: UpdateContent): Promise<StartUpdate> {
  const made = await makeEdition(tx, content)
  if (made.outcome === 'refused') return made
  const { html, text } = made.edition
  const { slug, subject, preview, markdown } = content
  // Of two who start it at the same instant, the second waits here for the first, and then finds it.
  const [started] = await tx.update.createManyAndReturn({
    data: {
      ...{ slug, subject, preview, markdown, html, text },
      topic: EVERYTHING,
      state: 'preparing',
      createdAt: clock.now(),
    },
    skipDuplicates: true,
    select: { id: true },
  })
  if (!started) return (await findBefore(tx, content)) ?? { outcome: 'slug-taken' }
  await enqueue(tx, 'updates.prepare', {}, { key: 'updates.prepare' })
  await contentChanged(tx)
  return { outcome: 'started', id: started.id }
}

async function makeEdition(
  reader: Reader,
  content: UpdateContent,
): Promise<{ outcome: 'refused'; problems: UpdateProblem[] } | { outcome: 'made'; edition: Edition }> {
  const problems = checkUpdate(content)
  if (problems.length > 0) return { outcome: 'refused', problems }
  const edition = await renderEdition(reader, content)
  const bytes = bytesOf(edition)
  if (bytes <= MOST_HTML_BYTES) return { outcome: 'made', edition }
  const says =
    `The mail would be ${Math.ceil(bytes / 1000)} kB long, and ${MOST_HTML_BYTES / 1000} kB is the most that mail ` +
    'programs show: shorten it, and link to the rest.'
  return { outcome: 'refused', problems: [{ part: 'markdown', line: 1, says }] }
}

async function findBefore(reader: Reader, content: UpdateContent): Promise<NotStarted | null> {
  const before = await reader.update.findUnique({
    where: { slug: content.slug },
    select: { id: true, subject: true, preview: true, markdown: true },
  })
  if (!before) return null
  const same = (['subject', 'preview', 'markdown'] as const).every((part) => before[part] === content[part])
  return same ? { outcome: 'already-started', id: before.id } : { outcome: 'slug-taken' }
}
