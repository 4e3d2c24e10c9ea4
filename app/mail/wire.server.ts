import type { Cause } from './message.ts'

/**
 * A text, or the parts that make one. Parts that many letters of a batch share are turned into bytes once, not a hundred
 * times. No part may end in the middle of a character.
 */
export type Text = string | readonly string[]

/** A message ready to go: everything that the receiver will see, as it will be seen. */
export type Letter = {
  /** `Name <address>` */
  from: string
  to: string
  replyTo?: string
  subject: string
  html: Text
  text: Text
  headers?: Record<string, string>
}

/** A shorter part is quicker written again than found again. */
const WORTH_KEEPING = 200

/**
 * The body of a request, in JSON. One `to` and never a copy: nobody learns who else was written to. The tag finds the
 * message again by its events.
 */
export function wireBytes(endpoint: '/emails' | '/emails/batch', cause: Cause, letters: WithId[]): Buffer {
  const kept = new Map<string, Buffer>()
  const bytesOf = (part: string): Buffer => {
    const known = kept.get(part)
    if (known) return known
    const bytes = Buffer.from(JSON.stringify(part).slice(1, -1))
    if (part.length >= WORTH_KEEPING) kept.set(part, bytes)
    return bytes
  }
  const textBytes = (text: Text) => (typeof text === 'string' ? [bytesOf(text)] : text.map(bytesOf))
  const messages = letters.flatMap(({ id, letter }, nth) => {
    const { from, to, replyTo, subject, html, text, headers = {} } = letter
    const first = { from, to: [to], ...(replyTo ? { reply_to: replyTo } : {}), subject }
    const tags = [
      { name: 'message', value: id },
      { name: 'kind', value: cause.kind.replaceAll('.', '_') },
    ]
    return [
      Buffer.from(`${nth === 0 ? '' : ','}${JSON.stringify(first).slice(0, -1)},"html":"`),
      ...textBytes(html),
      Buffer.from('","text":"'),
      ...textBytes(text),
      Buffer.from(`",${JSON.stringify({ headers, tags }).slice(1)}`),
    ]
  })
  if (endpoint === '/emails') return Buffer.concat(messages)
  return Buffer.concat([Buffer.from('['), ...messages, Buffer.from(']')])
}

type WithId = { id: string; letter: Letter }
