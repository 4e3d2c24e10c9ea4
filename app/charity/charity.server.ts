import { clock } from '#app/platform/clock.server.ts'
import type { Reader, Tx } from '#app/platform/db.server.ts'
import { contentChanged } from '#app/platform/page-cache.server.ts'
import { invariant } from '#app/shared/invariant.ts'
import { checkCharity, type Charity, type CharityProblem } from './charity.ts'

/** The charity of this installation, or null before the first seed. */
export function findCharity(reader: Reader): Promise<Charity | null> {
  return reader.charity.findUnique({ where: { id: 1 }, omit: { id: true, updatedAt: true } })
}

/** The charity of this installation. Throws before the first seed: a site without its charity is a fault of ours. */
export async function theCharity(reader: Reader): Promise<Charity> {
  const charity = await findCharity(reader)
  invariant(charity, 'The database holds no charity. Run: npm run db -- prepare')
  return charity
}

/** When the charity's data were last set. Throws before the first seed. */
export async function charityChangedAt(reader: Reader): Promise<Date> {
  const charity = await reader.charity.findUniqueOrThrow({ where: { id: 1 }, select: { updatedAt: true } })
  return charity.updatedAt
}

export type SaveCharity = { outcome: 'saved' } | { outcome: 'refused'; problems: CharityProblem[] }

/** Sets the charity's data, when nothing is wrong with it; all the problems otherwise, and nothing is written. */
export async function saveCharity(tx: Tx, content: Charity): Promise<SaveCharity> {
  const problems = checkCharity(content)
  if (problems.length > 0) return { outcome: 'refused', problems }

  const columns = {
    ...content,
    accentLight: content.accentLight.toLowerCase(),
    accentDark: content.accentDark.toLowerCase(),
    updatedAt: clock.now(),
  }
  await tx.charity.upsert({ where: { id: 1 }, create: { id: 1, ...columns }, update: columns })
  await contentChanged(tx)
  return { outcome: 'saved' }
}
