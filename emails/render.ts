import { createElement } from 'react'
import type { Email } from './email.ts'
import { Edition } from './parts/edition.ts'

export type RenderedEmail = { subject: string; html: string; text: string }

/**
 * A mail as it is sent: its subject on one line, its HTML and its text. The same props give the same bytes, so that what
 * was frozen can be compared with what would be made now.
 */
export async function renderEmail<Props extends object>(
  email: Email<Props>,
  props: Props,
): Promise<RenderedEmail> {
  // Its import takes 0.4 s and 46 MB, and most commands of the product send no mail.
  const { render, toPlainText } = await import('react-email')
  const forText = createElement(Edition.Provider, { value: 'text' }, createElement(email, props))
  const html = await render(createElement(email, props))
  const text = toPlainText(await render(forText), { wordwrap: 72, selectors: textSelectors })
  return { subject: oneLine(email.subject(props)), html: html.replace(marks, ''), text: `${text.trim()}\n` }
}

/** React's notes to itself for a browser that takes the page over. */
const marks = /<!--(?: |\/?\$)-->/g

/** A title is marked by the empty line below it: capitals shout, and are hard to read. */
const textSelectors = [
  { selector: 'h1', options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 } },
]

/** A line break would end the header; a mark that turns the direction of writing would reach beyond the subject. */
function oneLine(subject: string): string {
  return subject
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}
