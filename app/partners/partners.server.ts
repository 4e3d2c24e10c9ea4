import {
  connectSources,
  forgetUnusedSources,
  keepSources,
  sourceColumns,
} from '#app/charity/sources.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import type { Reader, Tx } from '#app/platform/db.server.ts'
import { contentChanged } from '#app/platform/page-cache.server.ts'
import { checkPartners, sourcesOfPartner, type Partner, type PartnerProblem } from './partner.ts'

/** All partners in their order. */
export function listPartners(reader: Reader): Promise<Partner[]> {
  return reader.partner.findMany({ orderBy: [{ position: 'asc' }, { slug: 'asc' }], select: partnerColumns })
}

/** The partner of that name in the address; null when there is none. */
export function findPartner(reader: Reader, slug: string): Promise<Partner | null> {
  return reader.partner.findUnique({ where: { slug }, select: partnerColumns })
}

/** The partner's id, by which gifts and funds know it. Throws when there is none of that name. */
export async function requirePartnerId(reader: Reader, slug: string): Promise<string> {
  return (await reader.partner.findUniqueOrThrow({ where: { slug }, select: { id: true } })).id
}

const partnerColumns = {
  slug: true,
  name: true,
  country: true,
  place: true,
  summary: true,
  isSample: true,
  facts: {
    orderBy: { position: 'asc' },
    select: {
      kind: true,
      statement: true,
      figure: true,
      informationDate: true,
      sources: { select: sourceColumns, orderBy: { slug: 'asc' } },
    },
  },
} as const

export type InstallPartners = { outcome: 'installed' } | { outcome: 'refused'; problems: PartnerProblem[] }

/**
 * Makes the database hold these partners, in this order, with exactly these facts. Partners that are not named stay as
 * they are: others may have entered them. All problems, and nothing written, when something is wrong.
 */
export async function installPartners(tx: Tx, partners: readonly Partner[]): Promise<InstallPartners> {
  const problems = checkPartners(partners)
  if (problems.length > 0) return { outcome: 'refused', problems }

  for (const [position, partner] of partners.entries()) await keepPartner(tx, partner, position)
  await forgetUnusedSources(tx)
  await contentChanged(tx)
  return { outcome: 'installed' }
}

async function keepPartner(tx: Tx, partner: Partner, position: number): Promise<void> {
  const { slug, facts, name, country, place, summary, isSample } = partner
  const columns = { position, name, country, place, summary, isSample, updatedAt: clock.now() }
  const { id } = await tx.partner.upsert({ where: { slug }, create: { slug, ...columns }, update: columns })

  // Nothing refers to a fact, so facts are written anew.
  const ids = await keepSources(tx, sourcesOfPartner(partner))
  await tx.partnerFact.deleteMany({ where: { partnerId: id } })
  for (const [at, { sources, ...fact }] of facts.entries()) {
    await tx.partnerFact.create({
      data: { partnerId: id, position: at, ...fact, sources: { connect: connectSources(ids, sources) } },
      select: { id: true },
    })
  }
}
