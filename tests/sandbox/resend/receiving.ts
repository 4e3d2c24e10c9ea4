import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../parts/clock.ts'
import { receivedEvent } from './events.ts'
import type { Kept } from '../parts/kept.ts'
import type { Entry } from './entries.ts'
import { bareAddress } from './letter.ts'
import type { Webhooks } from './webhooks.ts'

/** Mail that came in (api-reference/emails/retrieve-received-email). */
export type Received = {
  id: string
  bareFrom: string
  from: string
  to: string[]
  cc: string[]
  bcc: string[]
  reply_to: string[]
  subject: string
  message_id: string
  html: string | null
  text: string | null
  headers: Record<string, string>
  created_at: string
  attachments: ReceivedAttachment[]
}

export type ReceivedAttachment = {
  id: string
  filename: string
  content_type: string
  content_disposition: 'attachment' | 'inline'
  content_id: string
  size: number
  /** base64 */
  content: string
}

/** What the control API needs to let mail come in. */
export const incoming = z.object({
  from: z.string(),
  to: z.array(z.string()).min(1),
  cc: z.array(z.string()).default([]),
  subject: z.string(),
  html: z.string().nullable().default(null),
  text: z.string().nullable().default(null),
  headers: z.record(z.string(), z.string()).default({}),
  message_id: z.string().optional(),
  attachments: z
    .array(
      z.object({
        filename: z.string(),
        content_type: z.string(),
        content_disposition: z.enum(['attachment', 'inline']).default('attachment'),
        content_id: z.string().default(''),
        content: z.base64(),
      }),
    )
    .default([]),
})

export class Inbox {
  readonly #all: Received[] = []

  constructor(
    private readonly clock: Clock,
    private readonly webhooks: Webhooks,
    private readonly kept: Kept<Entry>,
  ) {}

  get newestFirst(): Received[] {
    return this.#all.toReversed()
  }

  find(id: string): Received | undefined {
    return this.#all.find((email) => email.id === id)
  }

  /** Mail comes in, and is told of. */
  receive(mail: z.output<typeof incoming>): Received {
    const id = randomUUID()
    const now = this.clock.now()
    const email: Received = {
      id,
      bareFrom: bareAddress(mail.from) ?? mail.from,
      from: mail.from,
      to: mail.to,
      cc: mail.cc,
      bcc: [],
      reply_to: [],
      subject: mail.subject,
      message_id: mail.message_id ?? `<${id}@stand-in.resend.dev>`,
      html: mail.html,
      text: mail.text,
      headers: { ...mail.headers, from: mail.from },
      created_at: new Date(now).toISOString(),
      attachments: mail.attachments.map((attachment) => ({
        id: randomUUID(),
        size: Buffer.from(attachment.content, 'base64').length,
        ...attachment,
      })),
    }
    this.recall(email)
    this.kept.write({ kind: 'received', email })
    this.webhooks.emit(receivedEvent(email, now))
    return email
  }

  /** One that came in before this process began. */
  recall(email: Received): void {
    this.#all.push(email)
  }
}

/** As `GET /emails/receiving` tells of it (api-reference/emails/list-received-emails). */
export function listedReceived(email: Received) {
  const { id, to, from, subject, message_id, bcc, cc, reply_to, created_at, attachments } = email
  return {
    id,
    to,
    from,
    subject,
    message_id,
    bcc,
    cc,
    reply_to,
    created_at,
    attachments: attachments.map(({ content: _, ...attachment }) => attachment),
  }
}

/** As `GET /emails/receiving/:id` tells of it. */
export function retrievedReceived(email: Received): Record<string, unknown> {
  return {
    object: 'email',
    ...listedReceived(email),
    html: email.html,
    text: email.text,
    headers: email.headers,
  }
}
