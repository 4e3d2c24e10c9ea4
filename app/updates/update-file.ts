import { checkUpdate, slugOf, type UpdateContent, type UpdateProblem } from './update.ts'

/**
 * The file of an update: a few lines between two lines of hyphens, then the text in Markdown.
 *
 *     ---
 *     subject: What came of the visit
 *     preview: Three things that have changed since spring
 *     slug: what-came-of-the-visit
 *     ---
 *
 *     Dear friends, …
 *
 * Without a slug, the subject makes one.
 */
const names = ['subject', 'preview', 'slug'] as const
type Name = (typeof names)[number]

/** What is wrong with a file, and in which of its lines, from 1. */
export type FileProblem = { line: number; says: string }

/** The update that a file holds, and in which lines its parts stand. */
export type ReadFile = { content: UpdateContent; lines: PartLines }

export type ReadUpdateFile = ({ outcome: 'read' } & ReadFile) | { outcome: 'wrong'; problems: FileProblem[] }

/** The line in which each part begins. A slug that the subject made stands where the subject stands. */
type PartLines = Partial<Record<UpdateProblem['part'], number>>

/** Where in the file a problem of the update is. */
export function placeInFile(
  { part, line, says }: UpdateProblem,
  { lines }: Pick<ReadFile, 'lines'>,
): FileProblem {
  return { line: (lines[part] ?? 1) + line - 1, says }
}

/** Reads the file of an update, and checks the update: all that is wrong with it at once, each with its line. */
export function readUpdateFile(bytes: Uint8Array): ReadUpdateFile {
  const lines = linesOf(bytes)
  if (!lines) return wrong({ line: 1, says: 'This is not a text file in UTF-8.' })
  if (lines[0]?.trimEnd() !== '---') {
    return wrong({ line: 1, says: 'An update begins with a line of three hyphens, ---, then "subject: …".' })
  }
  const end = lines.findIndex((line, at) => at > 0 && line.trimEnd() === '---')
  if (end < 0) {
    return wrong({
      line: lines.length,
      says: 'After subject and preview comes a second line of three hyphens.',
    })
  }
  const { fields, problems } = readFields(lines.slice(1, end))
  for (const name of ['subject', 'preview'] as const) {
    if (!fields.has(name)) problems.push({ line: end + 1, says: `There is no "${name}: …" above this line.` })
  }
  const { begins, markdown } = textFrom(lines, end + 1)
  const subject = fields.get('subject')?.text ?? ''
  const content: UpdateContent = {
    subject,
    preview: fields.get('preview')?.text ?? '',
    slug: fields.get('slug')?.text ?? slugOf(subject),
    markdown,
  }
  const places: PartLines = { markdown: begins }
  for (const name of names) {
    const line = (fields.get(name) ?? (name === 'slug' ? fields.get('subject') : undefined))?.line
    if (line !== undefined) places[name] = line
  }
  // What is not there has been said already.
  const found = checkUpdate(content).filter(({ part }) => places[part] !== undefined)
  problems.push(...found.map((problem) => placeInFile(problem, { lines: places })))
  return problems.length > 0 ? wrong(...problems) : { outcome: 'read', content, lines: places }
}

function wrong(...problems: FileProblem[]): ReadUpdateFile {
  return { outcome: 'wrong', problems: problems.sort((a, b) => a.line - b.line) }
}

/** The lines, however they end on the writer's machine. Undefined when the bytes are no text. */
function linesOf(bytes: Uint8Array): string[] | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).split(/\r\n|\n|\r/)
  } catch {
    return undefined
  }
}

function readFields(lines: string[]): {
  fields: Map<Name, { text: string; line: number }>
  problems: FileProblem[]
} {
  const fields = new Map<Name, { text: string; line: number }>()
  const problems: FileProblem[] = []
  for (const [at, text] of lines.entries()) {
    if (text.trim() === '') continue
    // The line of hyphens above is line 1.
    const line = at + 2
    const [, written, value] = /^([^:]*):(.*)$/.exec(text) ?? []
    const name = names.find((known) => known === written?.trim().toLowerCase())
    if (!name) {
      problems.push({ line, says: `Here stand only lines that begin with ${names.join(':, ')}:` })
    } else if (fields.has(name)) {
      problems.push({ line, says: `There is a second "${name}": take one of them out.` })
    } else fields.set(name, { text: (value ?? '').trim(), line })
  }
  return { fields, problems }
}

/** The text without the empty lines around it, and the line of the file, from 1, in which it begins. */
function textFrom(lines: string[], from: number): { begins: number; markdown: string } {
  const first = lines.findIndex((line, at) => at >= from && line.trim() !== '')
  if (first < 0) return { begins: lines.length, markdown: '' }
  return { begins: first + 1, markdown: lines.slice(first).join('\n').trimEnd() }
}
