import type { Source } from '#app/charity/source.ts'
import type { Day } from '#app/shared/dates.ts'
import { assertNever } from '#app/shared/invariant.ts'

/** A whole report, as it is set and as it is read: what `installReport` takes, `frontReport` gives back. */
export type ReportContent = {
  slug: string
  title: string
  /** What it calls itself: "Visit report". */
  kind: string
  publishedOn: Day
  /** The time that the information is from, as people say it. */
  informationDate: string
  /** Why it was made and whom its authors met; paragraphs are parted by an empty line, here and in `caveat`. */
  purpose: string
  /** The limits that the report states itself: stands beside every list of findings. */
  caveat: string
  /** Where the whole text can be had; null when nothing is known about that. */
  fullTextNote: string | null
  /** The report that "/" and "/report" present. */
  isFront: boolean
  /** The charity's own page about the report. */
  source: Source
  context: Claim[]
  /** In order; the conclusion, where there is one, is the last. */
  findings: Finding[]
  /** Newest first. */
  changes: Change[]
  /** What the charity has asked representatives for; newest first. */
  asks: Ask[]
}

export type Finding = {
  slug: string
  kind: 'finding' | 'conclusion'
  title: string
  /** One sentence, attributed. */
  summary: string
  /** What to know before unfolding; null when no warning is needed. */
  warning: string | null
  /** The one number of the findings; null on all but one. */
  figure: Figure | null
  claims: Claim[]
}

/** A number as printed, and what it counts. */
export type Figure = { number: string; caption: string }

export type Claim = {
  anchor: string
  /** In our own words, with the attribution in the sentence. */
  statement: string
  attribution: Attribution
  /** Who says so, by name. */
  attributedTo: string
  status: ClaimStatus
  informationDate: string
  sources: Source[]
}

export type Attribution = 'witness' | 'official' | 'ngo' | 'charity'

/**
 * reported: someone says that it happened. assessed: it is the judgement of the one who says it. corroborated: a
 * second, independent source says the same. disputed: someone with knowledge denies it.
 */
export type ClaimStatus = 'reported' | 'assessed' | 'corroborated' | 'disputed'

export type Change = {
  anchor: string
  kind: ChangeKind
  /** As people say it; `happenedOn`, its last day, orders the list. */
  when: string
  happenedOn: Day
  title: string
  statement: string
  attributedTo: string
  sources: Source[]
}

export type ChangeKind = 'event' | 'followup' | 'crosscheck' | 'response'

export type Ask = {
  anchor: string
  /** As people say it; `askedOn`, the first day it can mean, orders the list. */
  when: string
  askedOn: Day
  addressee: string
  statement: string
  sources: Source[]
}

/** Who stands behind a claim, in words that follow a name. */
export function sayAttribution(attribution: Attribution): string {
  switch (attribution) {
    case 'witness':
      return 'a witness'
    case 'official':
      return 'an official'
    case 'ngo':
      return 'another organisation'
    case 'charity':
      return 'the authors of the report'
    default:
      return assertNever(attribution)
  }
}

/** How firmly a claim stands, in words that a reader can act on. */
export function sayStatus(status: ClaimStatus): string {
  switch (status) {
    case 'reported':
      return 'Reported'
    case 'assessed':
      return 'Assessment'
    case 'corroborated':
      return 'Reported by independent sources'
    case 'disputed':
      return 'Disputed'
    default:
      return assertNever(status)
  }
}

/** What the status means: printed once a page, above the sources. */
export function explainStatus(status: ClaimStatus): string {
  switch (status) {
    case 'reported':
      return 'The source named says that this happened.'
    case 'assessed':
      return 'This is the judgement of the source named, on the evidence it had.'
    case 'corroborated':
      return 'At least two sources that do not depend on each other say this.'
    case 'disputed':
      return 'A source in a position to know denies this.'
    default:
      return assertNever(status)
  }
}

export function sayChangeKind(kind: ChangeKind): string {
  switch (kind) {
    case 'event':
      return 'Event'
    case 'followup':
      return 'Follow-up report'
    case 'crosscheck':
      return 'A cross-check by another body'
    case 'response':
      return 'Response'
    default:
      return assertNever(kind)
  }
}

/** The findings proper, without the conclusion. */
export function findingsOf(report: Pick<ReportContent, 'findings'>): Finding[] {
  return report.findings.filter(({ kind }) => kind === 'finding')
}

/** The report's conclusion; null when it draws none. */
export function conclusionOf(report: Pick<ReportContent, 'findings'>): Finding | null {
  return report.findings.find(({ kind }) => kind === 'conclusion') ?? null
}

/** The one number of the findings with the finding it belongs to; null when the report has none. */
export function figureOf(
  report: Pick<ReportContent, 'findings'>,
): { figure: Figure; finding: Finding } | null {
  for (const finding of report.findings) if (finding.figure) return { figure: finding.figure, finding }
  return null
}

/** What has happened since the report, newest first: all changes but the responses to it. */
export function eventsOf(report: Pick<ReportContent, 'changes'>): Change[] {
  return report.changes.filter(({ kind }) => kind !== 'response')
}

/** What those named in the report, and the charity, have answered. */
export function responsesOf(report: Pick<ReportContent, 'changes'>): Change[] {
  return report.changes.filter(({ kind }) => kind === 'response')
}

/** Every source on which the report rests, each once, in the order of its first appearance. */
export function sourcesOf(report: ReportContent): Source[] {
  const named = [
    report.source,
    ...report.context.flatMap(({ sources }) => sources),
    ...report.findings.flatMap(({ claims }) => claims).flatMap(({ sources }) => sources),
    ...report.changes.flatMap(({ sources }) => sources),
    ...report.asks.flatMap(({ sources }) => sources),
  ]
  return [...new Map(named.map((source) => [source.slug, source])).values()]
}

/** How firmly the claims stand: each status that some claim of the report has, in order of first appearance. */
export function statusesOf(report: Pick<ReportContent, 'context' | 'findings'>): ClaimStatus[] {
  const claims = [...report.context, ...report.findings.flatMap((finding) => finding.claims)]
  return [...new Set(claims.map(({ status }) => status))]
}
