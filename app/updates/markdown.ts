import makeMarkdownIt from 'markdown-it'
import type { MarkdownIt, Token } from 'markdown-it'

// What an update may hold: paragraphs, headings, lists, quotations, emphasis, links. No HTML, no pictures, and nothing
// that only programmers want.

/** True for an address that leads to the same place from a mail as from a page, and runs nothing. */
function isPlainLink(address: string): boolean {
  return /^(https?:\/\/|mailto:)[^\s]/i.test(address) && URL.canParse(address)
}

function markdownIt(html: boolean, mayLinkTo: (address: string) => boolean): MarkdownIt {
  const reader = makeMarkdownIt('commonmark', { html, linkify: true, xhtmlOut: false })
    .enable('linkify')
    .disable(['code', 'fence', 'backticks'])
  // Only what is plainly an address becomes a link: "today.The" is a missing space.
  reader.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  reader.validateLink = mayLinkTo
  return reader
}

/** Makes the mail: whatever gets past the checks, no HTML of the writer's goes through, and no odd address. */
const strict = markdownIt(false, isPlainLink).disable('image')
// An empty address is asked about by nobody: [a]().
strict.core.ruler.push('only_plain_links', ({ tokens }) => {
  for (const token of tokens) if (token.children) token.children = withoutOddLinks(token.children)
})

/** Links do not lie within links: what ends next is what began last. */
function withoutOddLinks(children: Token[]): Token[] {
  let odd = false
  return children.filter((token) => {
    if (token.type === 'link_open') odd = !isPlainLink(String(token.attrGet('href') ?? ''))
    return !odd || !['link_open', 'link_close'].includes(token.type)
  })
}

/** Sees everything that a writer may have meant, to say what will not be taken. */
const lenient = markdownIt(true, () => true)

/** The text as HTML, for the mail and the page. Safe whatever the text is. */
export function markdownToHtml(markdown: string): string {
  return strict.render(markdown)
}

/** The text as the tokens that its HTML is made of, for other editions of it. */
export function markdownTokens(markdown: string): Token[] {
  return strict.parse(markdown, {})
}

/** What this text asks for and will not get, by its line, from 1. */
export function markdownProblems(markdown: string): { line: number; says: string }[] {
  const problems = lenient.parse(markdown, {}).flatMap((token) => {
    const line = (token.map?.[0] ?? 0) + 1
    if (token.type === 'html_block') return { line, says: htmlSays }
    if (token.type === 'heading_open' && !['h2', 'h3'].includes(token.tag)) return { line, says: headingSays }
    return token.type === 'inline' ? inlineProblems(token.children ?? [], line) : []
  })
  // A tag opens and ends: once is enough to say.
  return [...new Map(problems.map((problem) => [`${problem.line} ${problem.says}`, problem])).values()]
}

const htmlSays = 'HTML is not taken: write it in Markdown, or put a backslash before the <.'
const headingSays = 'Headings are ## or ###: the subject is the one above them.'
const imageSays =
  'Pictures are not taken: many programs hide them, and they tell who has read. Link to a page instead.'

function inlineProblems(children: Token[], firstLine: number): { line: number; says: string }[] {
  const problems: { line: number; says: string }[] = []
  let line = firstLine
  for (const token of children) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') line += 1
    if (token.type === 'html_inline') problems.push({ line, says: htmlSays })
    if (token.type === 'image') problems.push({ line, says: imageSays })
    const address = token.type === 'link_open' ? String(token.attrGet('href') ?? '') : undefined
    if (address !== undefined && !isPlainLink(address)) {
      const says = `A link must begin with https://, http:// or mailto:, and hold the whole address; "${address}" does not.`
      problems.push({ line, says })
    }
  }
  return problems
}
