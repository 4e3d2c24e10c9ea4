import { Feed } from 'feed'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { charityChangedAt, theCharity } from '#app/charity/charity.server.ts'
import type { Reader } from '#app/platform/db.server.ts'
import { markdownToHtml } from './markdown.ts'

/** Readers of a feed come for what is new; the archive has the rest. */
const NEWEST = 20

/** The newest updates as Atom (RFC 4287), each whole, for people who follow without giving an address. */
export async function updatesFeed(reader: Reader): Promise<string> {
  const charity = await theCharity(reader)
  const updates = await reader.update.findMany({
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: NEWEST,
    select: { id: true, slug: true, subject: true, preview: true, markdown: true, createdAt: true },
  })
  const feed = new Feed({
    id: canonicalAddress('/updates.atom'),
    title: `Updates from ${charity.name}`,
    link: canonicalAddress('/updates'),
    feed: canonicalAddress('/updates.atom'),
    // Never the time of asking: the same updates are the same feed.
    updated: updates[0]?.createdAt ?? (await charityChangedAt(reader)),
    author: { name: charity.name, link: charity.website },
    generator: false,
  })
  for (const { id, slug, subject, preview, markdown, createdAt } of updates) {
    feed.addItem({
      // Names the update wherever the site may move.
      id: `urn:uuid:${id}`,
      title: asHtml(subject),
      link: canonicalAddress(`/updates/${slug}`),
      date: createdAt,
      published: createdAt,
      description: asHtml(preview),
      content: markdownToHtml(markdown),
    })
  }
  return feed.atom1()
}

/** The package says of every text that it is HTML. */
function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
