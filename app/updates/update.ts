import { isSlug } from '#app/shared/slug.ts'
import { markdownProblems } from './markdown.ts'

/** An update as it was written. The mail, the web version and the entry of the feed are made of it, and of nothing else. */
export type UpdateContent = {
  /** Its permanent address: /updates/SLUG. */
  slug: string
  subject: string
  /** The line that mail programs show beside the subject. */
  preview: string
  markdown: string
}

/** Something that is wrong with an update, and where. */
export type UpdateProblem = {
  part: keyof UpdateContent
  /** Which line of the part, from 1. */
  line: number
  says: string
}

/** Gmail cuts what is longer than 102 kB, and with it the way to unsubscribe. */
export const MOST_HTML_BYTES = 90_000

/** Mail programs show less of a longer one, most of them much less. */
const LONGEST = { subject: 150, preview: 200, slug: 80 } as const

/** Pages of their own stand under /updates/, and would hide an update of their name. */
const taken = new Set(['check', 'confirm'])

/** What is wrong with an update; an empty list when nothing is. */
export function checkUpdate({ slug, subject, preview, markdown }: UpdateContent): UpdateProblem[] {
  return [
    ...checkLine('subject', subject),
    ...checkLine('preview', preview),
    ...checkSlug(slug),
    ...checkText(markdown),
  ]
}

function checkLine(part: 'subject' | 'preview', text: string): UpdateProblem[] {
  const say = (says: string) => [{ part, line: 1, says }]
  if (text.trim() === '') return say(`The ${part} is empty.`)
  // A mark that turns the direction of writing would reach beyond its line.
  if (/[\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(text) || !isWritable(text))
    return say(`The ${part} must be one line of plain text.`)
  if (text.length > LONGEST[part]) {
    return say(
      `The ${part} is ${text.length} characters long: ${LONGEST[part]} at most, better half of that.`,
    )
  }
  return []
}

function checkSlug(slug: string): UpdateProblem[] {
  const say = (says: string) => [{ part: 'slug' as const, line: 1, says }]
  if (!isSlug(slug) || slug.length > LONGEST.slug) {
    return say(
      `The slug must be lower-case letters a to z, digits and single hyphens, ${LONGEST.slug} at most; "${slug}" is not.`,
    )
  }
  return taken.has(slug) ? say(`/updates/${slug} is another page: choose another slug.`) : []
}

function checkText(markdown: string): UpdateProblem[] {
  if (markdown.trim() === '') return [{ part: 'markdown', line: 1, says: 'There is no text.' }]
  const unwritable = markdown.split('\n').findIndex((line) => !isWritable(line.replaceAll('\t', '')))
  if (unwritable >= 0) {
    const says = 'There is an invisible control character in this line: type the line again.'
    return [{ part: 'markdown', line: unwritable + 1, says }]
  }
  return markdownProblems(markdown).map((problem) => ({ part: 'markdown', ...problem }))
}

/** True for text that XML, and so the feed, can hold. */
function isWritable(text: string): boolean {
  return !/[\p{Cc}\p{Cs}\u{FFFE}\u{FFFF}]/u.test(text)
}

/** The address that a subject suggests: "Snow, and a school" becomes "snow-and-a-school". May be empty. */
export function slugOf(subject: string): string {
  const plain = subject
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
  const words = plain.split(/[^a-z0-9]+/).filter(Boolean)
  let slug = ''
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`
    if (longer.length > LONGEST.slug) break
    slug = longer
  }
  return slug
}
