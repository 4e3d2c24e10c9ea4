import { isSlug } from '#app/shared/slug.ts'
import { assertNever } from '#app/shared/invariant.ts'

/** A place where something can be checked. Reports and partners name it whole; the database keeps it once per slug. */
export type Source = {
  slug: string
  title: string
  publisher: string
  /** null for a source that is not on the web. */
  url: string | null
  /** When it was published, as people say it; null when it does not say. */
  dated: string | null
}

export type SourceProblem =
  | { problem: 'source-slug'; slug: string }
  | { problem: 'source-without-title'; slug: string }
  | { problem: 'source-url'; slug: string; url: string }
  | { problem: 'source-twice'; slug: string }

/** What is wrong with these sources; an empty list when nothing is. The same source may be named many times. */
export function checkSources(sources: readonly Source[]): SourceProblem[] {
  const bySlug = new Map<string, Source>()
  return sources.flatMap((source): SourceProblem[] => {
    const known = bySlug.get(source.slug)
    if (known) return isSame(known, source) ? [] : [{ problem: 'source-twice', slug: source.slug }]
    bySlug.set(source.slug, source)
    return checkSource(source)
  })
}

function checkSource(source: Source): SourceProblem[] {
  const { slug, url } = source
  const problems: SourceProblem[] = []
  if (!isSlug(slug)) problems.push({ problem: 'source-slug', slug })
  if (!source.title.trim() || !source.publisher.trim())
    problems.push({ problem: 'source-without-title', slug })
  if (url !== null && !isWebAddress(url)) problems.push({ problem: 'source-url', slug, url })
  return problems
}

function isSame(one: Source, other: Source): boolean {
  return (
    one.title === other.title &&
    one.publisher === other.publisher &&
    one.url === other.url &&
    one.dated === other.dated
  )
}

/** The problem in words for the person who set the content. */
export function saySourceProblem(found: SourceProblem): string {
  switch (found.problem) {
    case 'source-slug':
      return `The source "${found.slug}" needs a short name of lower-case letters, digits and hyphens.`
    case 'source-without-title':
      return `The source "${found.slug}" needs a title and a publisher.`
    case 'source-url':
      return `The address of the source "${found.slug}" must begin with https:// or http://, and "${found.url}" does not.`
    case 'source-twice':
      return `Two different sources are called "${found.slug}": give one of them another short name.`
    default:
      return assertNever(found)
  }
}

/** True for a whole address that a link may carry: http or https, nothing that could run. */
export function isWebAddress(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol)
  } catch {
    return false
  }
}
