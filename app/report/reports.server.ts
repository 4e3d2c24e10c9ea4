import { sourceColumns } from '#app/charity/sources.server.ts'
import type { Reader } from '#app/platform/db.server.ts'
import { dayOfDate } from '#app/shared/dates.ts'
import type { Claim, Finding, ReportContent } from './report.ts'

/** The report that the site presents, whole; null when no report is on the front page. */
export async function frontReport(reader: Reader): Promise<ReportContent | null> {
  const found = await reader.report.findFirst({
    where: { isFront: true },
    select: {
      slug: true,
      title: true,
      kind: true,
      publishedOn: true,
      informationDate: true,
      purpose: true,
      caveat: true,
      fullTextNote: true,
      isFront: true,
      source: { select: sourceColumns },
      claims: { ...inOrder, where: { findingId: null }, select: claimColumns },
      findings: {
        ...inOrder,
        select: {
          slug: true,
          kind: true,
          title: true,
          summary: true,
          warning: true,
          figure: true,
          figureCaption: true,
          claims: { ...inOrder, select: claimColumns },
        },
      },
      changes: {
        orderBy: [{ happenedOn: 'desc' }, { anchor: 'asc' }],
        select: {
          anchor: true,
          kind: true,
          when: true,
          happenedOn: true,
          title: true,
          statement: true,
          attributedTo: true,
          sources,
        },
      },
      asks: {
        orderBy: [{ askedOn: 'desc' }, { anchor: 'asc' }],
        select: { anchor: true, when: true, askedOn: true, addressee: true, statement: true, sources },
      },
    },
  })
  if (!found) return null

  const { claims, ...report } = found
  return {
    ...report,
    publishedOn: dayOfDate(report.publishedOn),
    context: claims,
    findings: report.findings.map(({ figure, figureCaption, ...finding }) => ({
      ...finding,
      figure: figure !== null && figureCaption !== null ? { number: figure, caption: figureCaption } : null,
    })),
    changes: report.changes.map((change) => ({ ...change, happenedOn: dayOfDate(change.happenedOn) })),
    asks: report.asks.map((ask) => ({ ...ask, askedOn: dayOfDate(ask.askedOn) })),
  }
}

const inOrder = { orderBy: { position: 'asc' } } as const

const sources = { select: sourceColumns, orderBy: { slug: 'asc' } } as const

const claimColumns = {
  anchor: true,
  statement: true,
  attribution: true,
  attributedTo: true,
  status: true,
  informationDate: true,
  sources,
} satisfies Record<keyof Claim, unknown>

export type FindingInReport = {
  report: ReportContent
  finding: Finding
  /** The neighbours in the report's order; null at either end. */
  previous: Finding | null
  next: Finding | null
}

/** One finding of the report that the site presents, with its neighbours; null when there is none of that name. */
export async function findFinding(reader: Reader, slug: string): Promise<FindingInReport | null> {
  const report = await frontReport(reader)
  if (!report) return null
  const at = report.findings.findIndex((finding) => finding.slug === slug)
  const finding = report.findings[at]
  if (!finding) return null
  return { report, finding, previous: report.findings[at - 1] ?? null, next: report.findings[at + 1] ?? null }
}
