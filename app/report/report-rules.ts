import { checkSources, saySourceProblem, type Source, type SourceProblem } from '#app/charity/source.ts'
import { isDay } from '#app/shared/dates.ts'
import { assertNever } from '#app/shared/invariant.ts'
import { isSlug } from '#app/shared/slug.ts'
import type { ReportContent } from './report.ts'

export type ReportProblem =
  | SourceProblem
  | { problem: 'no-title'; slug: string }
  | { problem: 'no-caveat'; title: string }
  | { problem: 'slug'; of: string; slug: string }
  | { problem: 'slug-twice'; slug: string }
  | { problem: 'anchor'; anchor: string }
  | { problem: 'anchor-twice'; anchor: string }
  | { problem: 'day'; of: string; day: string }
  | { problem: 'no-claim'; finding: string }
  | { problem: 'no-source'; anchor: string }
  | { problem: 'many-figures'; findings: string[] }
  | { problem: 'half-figure'; finding: string }
  | { problem: 'many-conclusions'; findings: string[] }
  | { problem: 'conclusion-not-last'; finding: string }
  | { problem: 'another-front'; title: string }

/** What is wrong with this report; an empty list when nothing is. `another-front` only the database can tell. */
export function checkReport(report: ReportContent): ReportProblem[] {
  return [
    ...checkHead(report),
    ...checkFindings(report),
    ...checkAnchors(report),
    ...checkDays(report),
    ...checkEverySource(report),
  ]
}

function checkHead({ slug, title, caveat }: ReportContent): ReportProblem[] {
  const problems: ReportProblem[] = []
  if (!title.trim()) problems.push({ problem: 'no-title', slug })
  if (!isSlug(slug)) problems.push({ problem: 'slug', of: title, slug })
  if (!caveat.trim()) problems.push({ problem: 'no-caveat', title })
  return problems
}

function checkFindings({ findings }: ReportContent): ReportProblem[] {
  const problems: ReportProblem[] = []
  for (const { slug, title, figure, claims } of findings) {
    if (!isSlug(slug)) problems.push({ problem: 'slug', of: title, slug })
    if (claims.length === 0) problems.push({ problem: 'no-claim', finding: title })
    if (figure && !(figure.number.trim() && figure.caption.trim())) {
      problems.push({ problem: 'half-figure', finding: title })
    }
  }
  for (const slug of repeated(findings.map(({ slug }) => slug)))
    problems.push({ problem: 'slug-twice', slug })

  const withFigure = findings.filter(({ figure }) => figure).map(({ title }) => title)
  if (withFigure.length > 1) problems.push({ problem: 'many-figures', findings: withFigure })

  const conclusions = findings.filter(({ kind }) => kind === 'conclusion').map(({ title }) => title)
  if (conclusions.length > 1) problems.push({ problem: 'many-conclusions', findings: conclusions })
  if (conclusions[0] !== undefined && findings.at(-1)?.kind !== 'conclusion') {
    problems.push({ problem: 'conclusion-not-last', finding: conclusions[0] })
  }
  return problems
}

// All anchors stand on one page, that of the whole report, beside those of the findings' slugs and the page's own.
function checkAnchors(report: ReportContent): ReportProblem[] {
  const anchors = parts(report).map(({ anchor }) => anchor)
  const taken = [...anchors, ...report.findings.map(({ slug }) => slug), ...sectionAnchors]
  const onPage = new Set(repeated(taken))
  return [
    ...anchors.filter((anchor) => !isSlug(anchor)).map((anchor) => ({ problem: 'anchor' as const, anchor })),
    ...[...onPage].map((anchor) => ({ problem: 'anchor-twice' as const, anchor })),
  ]
}

/** The anchors that the report's page has of its own: no claim and no finding may take them. */
export const sectionAnchors = [
  'main',
  'purpose',
  'context',
  'limits',
  'contents',
  'findings',
  'since',
  'responses',
  'asked',
  'sources',
] as const

function checkDays(report: ReportContent): ReportProblem[] {
  return [
    { of: report.title, day: report.publishedOn },
    ...report.changes.map(({ anchor, happenedOn }) => ({ of: anchor, day: happenedOn })),
    ...report.asks.map(({ anchor, askedOn }) => ({ of: anchor, day: askedOn })),
  ]
    .filter(({ day }) => !isDay(day))
    .map((found) => ({ problem: 'day', ...found }))
}

function checkEverySource(report: ReportContent): ReportProblem[] {
  const without = parts(report).filter(({ sources }) => sources.length === 0)
  return [
    ...without.map(({ anchor }) => ({ problem: 'no-source' as const, anchor })),
    ...checkSources([report.source, ...parts(report).flatMap(({ sources }) => sources)]),
  ]
}

/** Everything on the report's page that has an anchor and must have a source. */
function parts(report: ReportContent): { anchor: string; sources: Source[] }[] {
  return [
    ...report.context,
    ...report.findings.flatMap(({ claims }) => claims),
    ...report.changes,
    ...report.asks,
  ]
}

function repeated(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, at) => texts.indexOf(text) !== at))]
}

/** The problem in words for the person who set the content. */
export function sayReportProblem(found: ReportProblem): string {
  switch (found.problem) {
    case 'no-title':
      return `The report "${found.slug}" needs a title.`
    case 'no-caveat':
      return `"${found.title}" must say what limits it has: readers see them beside every list of findings.`
    case 'slug':
      return `The address of "${found.of}" must be lower-case letters, digits and hyphens; "${found.slug}" is not.`
    case 'slug-twice':
      return `Two findings have the address "${found.slug}": give one of them another.`
    case 'anchor':
      return `The anchor "${found.anchor}" must be lower-case letters, digits and hyphens.`
    case 'anchor-twice':
      return `Two places on the report's page are called "${found.anchor}": give one of them another anchor.`
    case 'day':
      return `"${found.day}", the date of "${found.of}", is not a day like 2020-12-03.`
    case 'no-claim':
      return `The finding "${found.finding}" says nothing yet: add at least one claim.`
    case 'no-source':
      return `"${found.anchor}" has no source: say where a reader can check it.`
    case 'many-figures':
      return `Only one finding can show a number, and these do: ${found.findings.join('; ')}.`
    case 'half-figure':
      return `The number of the finding "${found.finding}" needs both the number and what it counts.`
    case 'many-conclusions':
      return `A report has one conclusion at most, and these are marked as one: ${found.findings.join('; ')}.`
    case 'conclusion-not-last':
      return `The conclusion "${found.finding}" must stand after all findings.`
    case 'another-front':
      return `"${found.title}" is on the front page already. Take it off first: there is one report at a time.`
    case 'source-slug':
    case 'source-without-title':
    case 'source-url':
    case 'source-twice':
      return saySourceProblem(found)
    default:
      return assertNever(found)
  }
}
