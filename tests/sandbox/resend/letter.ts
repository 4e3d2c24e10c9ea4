import { z } from 'zod'
import { apiError, type ApiError } from './errors.ts'

/** A message as the sender asked for it, lists made lists. */
export type Letter = {
  from: string
  to: string[]
  cc: string[]
  bcc: string[]
  replyTo: string[]
  subject: string
  html: string | null
  text: string | null
  headers: Record<string, string>
  tags: { name: string; value: string }[]
  attachments: Attachment[]
  /** Milliseconds since 1970; null: at once. */
  scheduledAt: number | null
}

export type Attachment = {
  filename: string | null
  contentType: string | null
  contentId: string | null
  /** base64 */
  content: string | null
  path: string | null
}

type Reading = { outcome: 'read'; letter: Letter } | { outcome: 'refused'; error: ApiError }

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())

const shape = z.object({
  from: z.string(),
  to: oneOrMany,
  cc: oneOrMany.nullish(),
  bcc: oneOrMany.nullish(),
  reply_to: oneOrMany.nullish(),
  subject: z.string(),
  html: z.string().nullish(),
  text: z.string().nullish(),
  template: z.object({ id: z.string() }).nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  tags: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  scheduled_at: z.string().nullish(),
  topic_id: z.string().nullish(),
  attachments: z
    .array(
      z.object({
        filename: z.string().nullish(),
        content: z.string().nullish(),
        path: z.string().nullish(),
        content_type: z.string().nullish(),
        content_id: z.string().nullish(),
      }),
    )
    .nullish(),
})

/** `name@example.org` or `Name <name@example.org>` (api-reference/emails/send-email). No line break: RFC 5322, 2.2. */
const ADDRESS = /^(?:[^<>\r\n]*<([^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>|([^\s<>@]+@[^\s<>@]+\.[^\s<>@]+))$/

/** Resend answers 422 to these (knowledge-base/what-email-addresses-to-use-for-testing). */
const NO_REAL_PEOPLE = ['example.com', 'test.com']

/** api-reference/emails/send-email: at most 50 receivers; 75 tags; a tag's name and value; 40 MB after base64; 30 days. */
const MOST_RECEIVERS = 50
const MOST_TAGS = 75
const TAG = /^[A-Za-z0-9_-]{1,256}$/
const MOST_ATTACHED = 40 * 1024 * 1024
const LONGEST_SCHEDULE_MS = 30 * 24 * 60 * 60 * 1000

/** The bare address of `Name <address>`; undefined if it is none. */
export function bareAddress(address: string): string | undefined {
  const match = ADDRESS.exec(address.trim())
  return match?.[1] ?? match?.[2]
}

/** Reads one message of a request as the service would, or says with which error it refuses. */
export function readLetter(value: unknown, now: number, inBatch: boolean): Reading {
  const refuse = (error: ApiError): Reading => ({ outcome: 'refused', error })
  const invalid = (message: string) => refuse(apiError('validation_error', message))

  if (typeof value !== 'object' || value === null) return invalid('The message must be an object.')
  const missing = ['from', 'to', 'subject'].filter((field) => !(field in value))
  if (missing.length > 0) {
    return refuse(apiError('missing_required_field', `Missing \`${missing.join('`, `')}\` field.`))
  }
  const parsed = shape.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return invalid(`Invalid \`${issue?.path.join('.')}\` field. ${issue?.message}`)
  }
  const { data } = parsed
  if (data.template) return invalid('The stand-in keeps no templates: send `html` and `text`.')
  if (typeof data.html !== 'string' && typeof data.text !== 'string') {
    return invalid('Missing `html` or `text` field.')
  }

  if (!bareAddress(data.from)) return invalid('Invalid `from` field: `name@domain` or `Name <name@domain>`.')
  if (data.to.length === 0 || data.to.length > MOST_RECEIVERS) return invalid('`to` holds 1 to 50 addresses.')
  const fields = { to: data.to, cc: data.cc ?? [], bcc: data.bcc ?? [], reply_to: data.reply_to ?? [] }
  for (const [field, addresses] of Object.entries(fields)) {
    for (const address of addresses) {
      const bare = bareAddress(address)
      if (!bare) return invalid(`Invalid \`${field}\` field: \`name@domain\` or \`Name <name@domain>\`.`)
      if (field !== 'reply_to' && NO_REAL_PEOPLE.includes(bare.split('@')[1]?.toLowerCase() ?? '')) {
        return invalid(`Invalid \`${field}\` field: no mail goes to domains like \`example.com\`.`)
      }
    }
  }

  for (const [name, content] of Object.entries(data.headers ?? {})) {
    // RFC 5322, 2.2: a header's name is printable ASCII without a colon, and its value is no second header.
    if (!/^[!-9;-~]+$/.test(name) || /[\r\n]/.test(content)) return invalid(`Invalid header \`${name}\`.`)
  }

  const tags = data.tags ?? []
  if (tags.length > MOST_TAGS) return invalid('There can be no more than 75 tags.')
  if (tags.some((tag) => !TAG.test(tag.name) || !TAG.test(tag.value))) {
    return invalid('Tags hold only ASCII letters, numbers, underscores and dashes, 256 at the most.')
  }

  // send-batch-emails, "Limitations": attachments are not supported there; they are left out without a word.
  const attachments = inBatch ? [] : (data.attachments ?? [])
  if (attachments.some(({ content, path }) => !content && !path))
    return refuse(apiError('invalid_attachment'))
  if (attachments.reduce((sum, { content }) => sum + (content?.length ?? 0), 0) > MOST_ATTACHED) {
    return invalid('Attachments hold 40 MB at the most, counted in base64.')
  }

  const scheduledAt = data.scheduled_at ? readSchedule(data.scheduled_at, now) : null
  if (scheduledAt === 'unreadable') return invalid('Invalid `scheduled_at` field.')
  if (scheduledAt !== null && scheduledAt - now > LONGEST_SCHEDULE_MS) {
    return invalid('`scheduled_at` is 30 days ahead at the most.')
  }

  return {
    outcome: 'read',
    letter: {
      from: data.from,
      to: data.to,
      cc: fields.cc,
      bcc: fields.bcc,
      replyTo: fields.reply_to,
      subject: data.subject,
      html: data.html ?? null,
      text: data.text ?? null,
      headers: data.headers ?? {},
      tags,
      attachments: attachments.map((attachment) => ({
        filename: attachment.filename ?? null,
        contentType: attachment.content_type ?? null,
        contentId: attachment.content_id ?? null,
        content: attachment.content ?? null,
        path: attachment.path ?? null,
      })),
      scheduledAt,
    },
  }
}

const UNITS = { min: 60_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** ISO 8601, or of the natural language that Resend also reads, `in 5 minutes` alone (dashboard/emails/schedule-email). */
export function readSchedule(words: string, now: number): number | 'unreadable' {
  const relative = /^in (\d+) (min|minute|hour|day)s?$/.exec(words.trim())
  if (relative) return now + Number(relative[1]) * UNITS[relative[2] as keyof typeof UNITS]
  if (!/^\d{4}-\d{2}-\d{2}T/.test(words)) return 'unreadable'
  const time = Date.parse(words)
  return Number.isNaN(time) ? 'unreadable' : time
}
