import type { Tx } from '#app/platform/db.server.ts'
import type { Source } from './source.ts'

/** Writes each source under its slug, and returns the ids by slug. Sources that differ under one slug: the last wins. */
export async function keepSources(tx: Tx, sources: readonly Source[]): Promise<SourceIds> {
  const ids = new Map<string, string>()
  for (const source of new Map(sources.map((each) => [each.slug, each])).values()) {
    const { slug, title, publisher, url, dated } = source
    const row = await tx.source.upsert({
      where: { slug },
      create: { slug, title, publisher, url, dated },
      update: { title, publisher, url, dated },
    })
    ids.set(slug, row.id)
  }
  return ids
}

export type SourceIds = ReadonlyMap<string, string>

/** The rows that `sources` stand for, in the form that a relation takes. All must have been kept before. */
export function connectSources(ids: SourceIds, sources: readonly Source[]): { id: string }[] {
  return sources.map(({ slug }) => ({ id: ids.get(slug)! }))
}

/** Removes the sources on which nothing rests any more. */
export async function forgetUnusedSources(tx: Tx): Promise<void> {
  await tx.source.deleteMany({
    where: {
      reports: { none: {} },
      claims: { none: {} },
      changes: { none: {} },
      asks: { none: {} },
      partnerFacts: { none: {} },
    },
  })
}

/** Picks the columns of a source that a page shows. */
export const sourceColumns = { slug: true, title: true, publisher: true, url: true, dated: true } as const
