import {
  connectSources,
  forgetUnusedSources,
  keepSources,
  type SourceIds,
} from '#app/charity/sources.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import type { Tx } from '#app/platform/db.server.ts'
import { contentChanged } from '#app/platform/page-cache.server.ts'
import { dateOfDay } from '#app/shared/dates.ts'
import { checkReport, type ReportProblem } from './report-rules.ts'
import { sourcesOf, type Claim, type ReportContent } from './report.ts'

export type InstallReport = { outcome: 'installed' } | { outcome: 'refused'; problems: ReportProblem[] }

/**
 * Makes the database hold exactly this report under its slug: what is new is added, what differs is changed, what is
 * gone is removed. Findings keep their rows by slug and claims theirs by anchor, so what refers to them stays true.
 * All problems, and nothing written, when something is wrong with it.
 */
export async function installReport(tx: Tx, content: ReportContent): Promise<InstallReport> {
  const problems = [...checkReport(content), ...(await checkFront(tx, content))]
  if (problems.length > 0) return { outcome: 'refused', problems }

  const ids = await keepSources(tx, sourcesOf(content))
  const reportId = await keepReport(tx, content, ids)
  await makeRoom(tx, reportId)
  await keepFindings(tx, reportId, content, ids)
  await keepChanges(tx, reportId, content, ids)
  await keepAsks(tx, reportId, content, ids)
  await forgetUnusedSources(tx)
  await contentChanged(tx)
  return { outcome: 'installed' }
}

async function checkFront(tx: Tx, content: ReportContent): Promise<ReportProblem[]> {
  if (!content.isFront) return []
  const other = await tx.report.findFirst({ where: { isFront: true, slug: { not: content.slug } } })
  return other ? [{ problem: 'another-front', title: other.title }] : []
}

async function keepReport(tx: Tx, content: ReportContent, ids: SourceIds): Promise<string> {
  const { slug, title, kind, informationDate, purpose, caveat, fullTextNote, isFront } = content
  const columns = {
    title,
    kind,
    publishedOn: dateOfDay(content.publishedOn),
    informationDate,
    purpose,
    caveat,
    fullTextNote,
    isFront,
    sourceId: ids.get(content.source.slug)!,
    updatedAt: clock.now(),
  }
  const { id } = await tx.report.upsert({ where: { slug }, create: { slug, ...columns }, update: columns })
  return id
}

// Positions are unique: while rows change places, the old ones wait far behind the new. What still waits there in the
// end is what the content no longer has.
const farBehind = 1_000_000

async function makeRoom(tx: Tx, reportId: string): Promise<void> {
  await tx.finding.updateMany({ where: { reportId }, data: { position: { increment: farBehind } } })
  await tx.claim.updateMany({ where: { reportId }, data: { position: { increment: farBehind } } })
}

async function keepFindings(tx: Tx, reportId: string, content: ReportContent, ids: SourceIds): Promise<void> {
  // Numbers and conclusions move from one finding to another: at most one of each may stand at any moment.
  await tx.finding.updateMany({
    where: { reportId },
    data: { kind: 'finding', figure: null, figureCaption: null },
  })
  let claims = content.context.map((claim) => ({ claim, findingId: null as string | null }))
  for (const [position, finding] of content.findings.entries()) {
    const { slug, kind, title, summary, warning, figure } = finding
    const columns = {
      position,
      kind,
      title,
      summary,
      warning,
      figure: figure?.number ?? null,
      figureCaption: figure?.caption ?? null,
    }
    const { id } = await tx.finding.upsert({
      where: { reportId_slug: { reportId, slug } },
      create: { reportId, slug, ...columns },
      update: columns,
    })
    claims = [...claims, ...finding.claims.map((claim) => ({ claim, findingId: id }))]
  }
  for (const [position, { claim, findingId }] of claims.entries()) {
    await keepClaim(tx, { reportId, findingId, position, claim }, ids)
  }
  await tx.claim.deleteMany({ where: { reportId, position: { gte: farBehind } } })
  await tx.finding.deleteMany({ where: { reportId, position: { gte: farBehind } } })
}

type PlacedClaim = { reportId: string; findingId: string | null; position: number; claim: Claim }

async function keepClaim(tx: Tx, placed: PlacedClaim, ids: SourceIds): Promise<void> {
  const { reportId, findingId, position, claim } = placed
  const { anchor, sources, statement, attribution, attributedTo, status, informationDate } = claim
  const columns = { findingId, position, statement, attribution, attributedTo, status, informationDate }
  await tx.claim.upsert({
    where: { reportId_anchor: { reportId, anchor } },
    create: { reportId, anchor, ...columns, sources: { connect: connectSources(ids, sources) } },
    update: { ...columns, sources: { set: connectSources(ids, sources) } },
    select: { id: true },
  })
}

async function keepChanges(tx: Tx, reportId: string, content: ReportContent, ids: SourceIds): Promise<void> {
  for (const { anchor, sources, happenedOn, ...change } of content.changes) {
    const columns = { ...change, happenedOn: dateOfDay(happenedOn) }
    await tx.change.upsert({
      where: { reportId_anchor: { reportId, anchor } },
      create: { reportId, anchor, ...columns, sources: { connect: connectSources(ids, sources) } },
      update: { ...columns, sources: { set: connectSources(ids, sources) } },
      select: { id: true },
    })
  }
  const anchors = content.changes.map(({ anchor }) => anchor)
  await tx.change.deleteMany({ where: { reportId, anchor: { notIn: anchors } } })
}

async function keepAsks(tx: Tx, reportId: string, content: ReportContent, ids: SourceIds): Promise<void> {
  for (const { anchor, sources, askedOn, ...ask } of content.asks) {
    const columns = { ...ask, askedOn: dateOfDay(askedOn) }
    await tx.ask.upsert({
      where: { reportId_anchor: { reportId, anchor } },
      create: { reportId, anchor, ...columns, sources: { connect: connectSources(ids, sources) } },
      update: { ...columns, sources: { set: connectSources(ids, sources) } },
      select: { id: true },
    })
  }
  const anchors = content.asks.map(({ anchor }) => anchor)
  await tx.ask.deleteMany({ where: { reportId, anchor: { notIn: anchors } } })
}
