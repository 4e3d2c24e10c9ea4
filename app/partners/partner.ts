import { checkSources, saySourceProblem, type Source, type SourceProblem } from '#app/charity/source.ts'
import { assertNever } from '#app/shared/invariant.ts'
import { isSlug } from '#app/shared/slug.ts'

/** A local partner of the charity, as it is set and as it is read. */
export type Partner = {
  slug: string
  name: string
  country: string
  /** Where it works, in words. */
  place: string
  summary: string
  /** A made-up record for trying things out: a page that shows it says so. It has no facts, for nothing backs them. */
  isSample: boolean
  /** In the order in which each kind is told. */
  facts: PartnerFact[]
}

/** One thing that is known about a partner, and where from. */
export type PartnerFact = {
  kind: PartnerFactKind
  /** For a figure: what the number counts. */
  statement: string
  /** The number as printed, for kind `figure`; null for the others. */
  figure: string | null
  /** The time it speaks of, as people say it; null when the statement says it, or nobody does. */
  informationDate: string | null
  sources: Source[]
}

export type PartnerFactKind = 'history' | 'service' | 'figure' | 'support'

export type PartnerProblem =
  | SourceProblem
  | { problem: 'no-name'; slug: string }
  | { problem: 'slug'; of: string; slug: string }
  | { problem: 'slug-twice'; slug: string }
  | { problem: 'no-source'; partner: string; statement: string }
  | { problem: 'figure-misplaced'; partner: string; statement: string }

/** What is wrong with these partners; an empty list when nothing is. */
export function checkPartners(partners: readonly Partner[]): PartnerProblem[] {
  const slugs = partners.map(({ slug }) => slug)
  const twice = new Set(slugs.filter((slug, at) => slugs.indexOf(slug) !== at))
  return [
    ...partners.flatMap(checkPartner),
    ...[...twice].map((slug) => ({ problem: 'slug-twice' as const, slug })),
    ...checkSources(partners.flatMap(({ facts }) => facts).flatMap(({ sources }) => sources)),
  ]
}

function checkPartner({ slug, name, facts }: Partner): PartnerProblem[] {
  const problems: PartnerProblem[] = []
  if (!name.trim()) problems.push({ problem: 'no-name', slug })
  if (!isSlug(slug)) problems.push({ problem: 'slug', of: name, slug })
  for (const { kind, figure, statement, sources } of facts) {
    if (sources.length === 0) problems.push({ problem: 'no-source', partner: name, statement })
    if ((kind === 'figure') !== (figure !== null)) {
      problems.push({ problem: 'figure-misplaced', partner: name, statement })
    }
  }
  return problems
}

/** The problem in words for the person who set the content. */
export function sayPartnerProblem(found: PartnerProblem): string {
  switch (found.problem) {
    case 'no-name':
      return `The partner "${found.slug}" needs a name.`
    case 'slug':
      return `The address of "${found.of}" must be lower-case letters, digits and hyphens; "${found.slug}" is not.`
    case 'slug-twice':
      return `Two partners have the address "${found.slug}": give one of them another.`
    case 'no-source':
      return `"${found.statement}" (${found.partner}) has no source: say where a reader can check it.`
    case 'figure-misplaced':
      return `"${found.statement}" (${found.partner}): a figure has a number, and other facts have none.`
    case 'source-slug':
    case 'source-without-title':
    case 'source-url':
    case 'source-twice':
      return saySourceProblem(found)
    default:
      return assertNever(found)
  }
}

/** The facts of one kind, in their order. */
export function factsOf(partner: Pick<Partner, 'facts'>, kind: PartnerFactKind): PartnerFact[] {
  return partner.facts.filter((fact) => fact.kind === kind)
}

/** Every source on which what is said about a partner rests, each once. */
export function sourcesOfPartner(partner: Pick<Partner, 'facts'>): Source[] {
  const named = partner.facts.flatMap(({ sources }) => sources)
  return [...new Map(named.map((source) => [source.slug, source])).values()]
}
