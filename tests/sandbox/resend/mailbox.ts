import type { Sent } from './emails.ts'

/** A message as its receiver would see it, for whoever looks into the mailbox. */
export type MailboxMessage = {
  id: string
  at: string
  from: string
  to: string[]
  cc: string[]
  bcc: string[]
  replyTo: string[]
  subject: string
  html: string | null
  text: string | null
  headers: Record<string, string>
  tags: Record<string, string>
  links: string[]
  attachments: {
    filename: string | null
    contentType: string | null
    bytes: number
    content: string | null
  }[]
  lastEvent: string
  key: string | null
}

/** A message as a list shows it: fifty of them must not weigh what fifty mails do. */
export function mailboxLine({ id, createdAt, letter, lastEvent }: Sent) {
  const { from, to, subject } = letter
  return { id, at: new Date(createdAt).toISOString(), from, to, subject, lastEvent }
}

/** Everything there is to see of a message. Its words are null when it is too old for them to be kept. */
export function mailboxMessage({ id, createdAt, letter, lastEvent, key }: Sent): MailboxMessage {
  return {
    id,
    at: new Date(createdAt).toISOString(),
    from: letter.from,
    to: letter.to,
    cc: letter.cc,
    bcc: letter.bcc,
    replyTo: letter.replyTo,
    subject: letter.subject,
    html: letter.html,
    text: letter.text,
    headers: letter.headers,
    tags: Object.fromEntries(letter.tags.map(({ name, value }) => [name, value])),
    links: linksOf(letter.html ?? '', letter.text ?? '', Object.values(letter.headers)),
    attachments: letter.attachments.map(({ filename, contentType, content }) => ({
      filename,
      contentType,
      bytes: Buffer.from(content ?? '', 'base64').length,
      content,
    })),
    lastEvent,
    key,
  }
}

/** Every address that the message leads to: links of its HTML, of its text, and of its headers. */
function linksOf(html: string, text: string, headers: string[]): string[] {
  const inHtml = [...html.matchAll(/\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(
    ([, double, single]) => double ?? single ?? '',
  )
  const unescaped = inHtml.map((link) =>
    link.replaceAll('&#x27;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  )
  const inWords = [text, ...headers].flatMap((words) => words.match(/https?:\/\/[^\s<>"')\]]+/g) ?? [])
  const withoutFullStop = inWords.map((link) => link.replace(/[.,;:!?]+$/, ''))
  return [...new Set([...unescaped, ...withoutFullStop])]
}
