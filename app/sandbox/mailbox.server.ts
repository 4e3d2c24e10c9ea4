import { data } from '@remix-run/node'
import { z } from 'zod'
import type { MessageState } from '#app/mail/message.ts'
import type { Reader } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { requireSandbox } from './sandbox.server.ts'

/** The stand-in answers from memory; one that takes longer is not well. */
const PATIENCE_MS = 5_000

const line = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  lastEvent: z.string(),
})

const list = z.object({ total: z.number(), data: z.array(line) })

const mail = line.extend({
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  replyTo: z.array(z.string()),
  html: z.string().nullable(),
  text: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  links: z.array(z.string()),
  attachments: z.array(
    z.object({
      filename: z.string().nullable(),
      contentType: z.string().nullable(),
      bytes: z.number(),
      /** base64; null when it is no longer kept, or was only an address. */
      content: z.string().nullable(),
    }),
  ),
})

/** A mail as a list shows it. */
export type MailLine = z.infer<typeof line>
/** A mail with all its words. */
export type Mail = z.infer<typeof mail>

/** What the stand-in says; `away` when it does not answer, as while it is started again. */
type Answer<T> = { outcome: 'found'; value: T } | { outcome: 'none' } | { outcome: 'away' }

/** Mail that the sandbox has sent, newest first; `to` looks for a part of an address. */
export function findMails(options: { to: string; skip: number; limit: number }) {
  const query = new URLSearchParams({
    brief: '',
    skip: String(options.skip),
    limit: String(options.limit),
    ...(options.to ? { to: options.to } : {}),
  })
  return ask(list, `messages?${query}`)
}

export function findMail(id: string): Promise<Answer<Mail>> {
  return ask(mail, `messages/${encodeURIComponent(id)}`)
}

/** The state in which the site itself knows a mail; null for one that it did not send. */
export async function findKnownState(
  reader: Reader,
  { tags }: Pick<Mail, 'tags'>,
): Promise<MessageState | null> {
  const { data: id } = z.uuid().safeParse(tags['message'])
  if (id === undefined) return null
  const message = await reader.message.findUnique({ where: { id }, select: { state: true } })
  return message?.state ?? null
}

/** Lets something happen to a mail that was sent: the site hears of it as it would from the provider. */
export function letHappen(id: string, type: `email.${string}`): Promise<Answer<unknown>> {
  return ask(z.unknown(), `messages/${encodeURIComponent(id)}/events`, { type })
}

/** The mail of an address that has nothing but it to show. Answers for the caller when there is none to be had. */
export async function requireMail(id: string | undefined): Promise<Mail> {
  requireSandbox()
  const answer = await findMail(id ?? '')
  switch (answer.outcome) {
    case 'found':
      return answer.value
    case 'none':
      throw data(null, { status: 404 })
    case 'away':
      throw new Response('The mailbox does not answer. Try again in a moment.\n', { status: 503 })
  }
}

/** Asks the control API of the stand-in for the mail provider (tests/sandbox/resend/README.md). */
async function ask<T>(schema: z.ZodType<T>, what: string, body?: unknown): Promise<Answer<T>> {
  if (!env.resend?.baseUrl) return { outcome: 'away' }
  let answer
  let said: unknown
  try {
    answer = await fetch(`${env.resend.baseUrl}/_control/${what}`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
    said = await answer.json()
  } catch {
    return { outcome: 'away' }
  }
  if (answer.status === 404) return { outcome: 'none' }
  // Anything else that is not as agreed comes from a stranger who has taken its port.
  const parsed = schema.safeParse(said)
  return answer.ok && parsed.success ? { outcome: 'found', value: parsed.data } : { outcome: 'away' }
}
