import { createHash } from 'node:crypto'
import Update from '#emails/update.tsx'
import { renderEmail } from '#emails/render.ts'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { mailCharity } from '#app/charity/mail-charity.server.ts'
import type { Letter } from '#app/mail/outbox.server.ts'
import type { Reader } from '#app/platform/db.server.ts'
import { invariant } from '#app/shared/invariant.ts'
import { tokenOf } from '#app/supporters/private-links.server.ts'
import { markdownToHtml } from './markdown.ts'
import { markdownToText } from './plain-text.ts'
import type { UpdateContent } from './update.ts'

/** The mail of an update, rendered once for everybody, with marks where each person's own links go. */
export type Edition = Pick<UpdateContent, 'slug' | 'subject' | 'preview' | 'markdown'> & {
  html: string
  text: string
}

/** Whom a letter is for: an address, and what its links open. */
export type Recipient = { address: string; supporterId: string; subscriptionId: string }

/** Renders an update's mail. The same content and the same charity give the same bytes. */
export async function renderEdition(reader: Reader, content: UpdateContent): Promise<Edition> {
  const marks = marksIn(content)
  const { html, text } = await renderEmail(Update, {
    charity: await mailCharity(reader),
    subject: content.subject,
    preview: content.preview,
    body: markdownToHtml(content.markdown),
    bodyText: markdownToText(content.markdown),
    webUrl: canonicalAddress(`/updates/${content.slug}`),
    preferencesUrl: preferencesAddress(marks.preferences),
    unsubscribeUrl: unsubscribeAddress(marks.unsubscribe),
  })
  for (const part of [html, text]) {
    for (const mark of Object.values(marks)) invariant(part.includes(mark), 'Both links are in both editions')
  }
  return { ...content, html, text }
}

/**
 * Makes letters of an edition, in parts: what they share becomes bytes once a batch. All that differs between two of
 * them are the tokens in their links, which are letters, digits, hyphens and underscores: nothing in HTML, in text or in
 * a header has to be escaped for them.
 */
export function letterWriter(edition: Edition, from: string): (recipient: Recipient) => Letter {
  const marks = marksIn(edition)
  const html = splitAt(marks, edition.html)
  const text = splitAt(marks, edition.text)
  return ({ address, supporterId, subscriptionId }) => {
    const tokens = {
      [marks.unsubscribe]: tokenOf('unsubscribe', `subscription:${subscriptionId}`),
      [marks.preferences]: tokenOf('preferences', `supporter:${supporterId}`),
    }
    const fill = (pieces: string[]) => pieces.map((piece) => tokens[piece] ?? piece)
    return {
      from,
      to: address,
      subject: edition.subject,
      html: fill(html),
      text: fill(text),
      headers: {
        // RFC 8058: one address, to which a mail program may POST for its user.
        'List-Unsubscribe': `<${unsubscribeAddress(tokens[marks.unsubscribe] ?? '')}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    }
  }
}

/** The size of the HTML as everybody gets it: a mark is as long as a token. */
export function bytesOf({ html }: Pick<Edition, 'html'>): number {
  return Buffer.byteLength(html)
}

type Marks = { unsubscribe: string; preferences: string }

/** What stands for each person's tokens. No text can hold its own marks: they are made of its hash. */
function marksIn({
  subject,
  preview,
  markdown,
}: Pick<UpdateContent, 'subject' | 'preview' | 'markdown'>): Marks {
  const hash = createHash('sha256').update([subject, preview, markdown].join('\0')).digest('base64url')
  return { unsubscribe: `unsubscribe-${hash.slice(0, 10)}`, preferences: `preferences-${hash.slice(0, 10)}` }
}

function splitAt({ unsubscribe, preferences }: Marks, text: string): string[] {
  return text.split(new RegExp(`(${unsubscribe}|${preferences})`))
}

function unsubscribeAddress(token: string): string {
  return canonicalAddress(`/unsubscribe/${token}`)
}

function preferencesAddress(token: string): string {
  return canonicalAddress(`/me/${token}`)
}
