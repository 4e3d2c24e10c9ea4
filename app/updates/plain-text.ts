import type { Token } from 'markdown-it'
import { invariant } from '#app/shared/invariant.ts'
import { markdownTokens } from './markdown.ts'

/**
 * The text as somebody would type it who has no bold and no links: headings underlined, an address in brackets after
 * the words that lead to it. Paragraphs are one line each, for the reader's program to break.
 */
export function markdownToText(markdown: string): string {
  return blocksOf(markdownTokens(markdown)).join('\n\n')
}

function blocksOf(tokens: Token[]): string[] {
  const blocks: string[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]
    invariant(token, 'The loop stays within its tokens')
    const end = token.nesting === 1 ? endOf(tokens, at) : at
    blocks.push(blockOf(token, tokens.slice(at + 1, end)))
    at = end
  }
  return blocks
}

/** Where what begins at `from` ends. */
function endOf(tokens: Token[], from: number): number {
  const level = tokens[from]?.level
  const end = tokens.findIndex((token, at) => at > from && token.nesting === -1 && token.level === level)
  invariant(end > from, 'What Markdown opens, it closes')
  return end
}

function blockOf(token: Token, inside: Token[]): string {
  switch (token.type) {
    case 'paragraph_open':
      return lineOf(inside[0])
    case 'heading_open':
      return underlined(lineOf(inside[0]), token.tag === 'h2' ? '=' : '-')
    case 'bullet_list_open':
    case 'ordered_list_open':
      return listOf(
        inside,
        token.type === 'bullet_list_open' ? undefined : Number(token.attrGet('start') ?? 1),
      )
    case 'blockquote_open':
      return indented(blocksOf(inside).join('\n\n'), '> ', '> ')
    case 'hr':
      return '* * *'
    default:
      invariant(false, `An update has no ${token.type}`)
  }
}

/** `first` is the number of an ordered list's first entry; undefined for a list of points. */
function listOf(tokens: Token[], first: number | undefined): string {
  const entries: string[] = []
  // Entries of one paragraph each stand close together, as they were written.
  let close = true
  for (let at = 0; at < tokens.length; at = endOf(tokens, at) + 1) {
    const inside = tokens.slice(at + 1, endOf(tokens, at))
    const tight = inside.every(
      (token) => token.type !== 'paragraph_open' || token.hidden || token.level > (inside[0]?.level ?? 0),
    )
    close &&= tight
    const mark = first === undefined ? '- ' : `${first + entries.length}. `
    entries.push(indented(blocksOf(inside).join(tight ? '\n' : '\n\n'), mark, ' '.repeat(mark.length)))
  }
  return entries.join(close ? '\n' : '\n\n')
}

function indented(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, at) => `${at === 0 ? first : others}${line}`.trimEnd())
    .join('\n')
}

function underlined(text: string, sign: string): string {
  const longest = Math.max(...text.split('\n').map((line) => [...line].length))
  return `${text}\n${sign.repeat(Math.min(longest, 70))}`
}

function lineOf(inline: Token | undefined): string {
  let text = ''
  let link: { from: number; address: string } | undefined
  for (const token of inline?.children ?? []) {
    if (token.type === 'text') text += token.content
    else if (token.type === 'softbreak') text += ' '
    else if (token.type === 'hardbreak') text += '\n'
    else if (token.type === 'link_open') {
      link = { from: text.length, address: String(token.attrGet('href') ?? '') }
    } else if (token.type === 'link_close' && link) {
      text = withAddress(text.slice(0, link.from), text.slice(link.from), link.address)
      link = undefined
    }
  }
  return text
}

/** An address that is its own words stands once. */
function withAddress(before: string, words: string, address: string): string {
  const plain = address.replace(/^mailto:/i, '')
  const same = [address, plain, decoded(address), decoded(plain)].includes(words)
  if (same) return before + words
  return words.trim() === '' ? before + plain : `${before}${words} (${plain})`
}

function decoded(address: string): string {
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}
