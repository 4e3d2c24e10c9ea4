import type { Sent } from './emails.ts'
import type { Received } from './receiving.ts'
import type { WebhookEvent } from './webhooks.ts'

/** The events of a message that was sent (resend.com/docs/webhooks/event-types). */
export const sentEventTypes = [
  'email.sent',
  'email.scheduled',
  'email.delivered',
  'email.delivery_delayed',
  'email.bounced',
  'email.complained',
  'email.failed',
  'email.suppressed',
] as const
export type SentEventType = (typeof sentEventTypes)[number]

export type Bounce = { type: 'Permanent' | 'Transient' | 'Undetermined'; subType: string; message: string }

/** send-test-emails: the bouncing test address answers SMTP 550 5.1.1. */
export const unknownUser: Bounce = {
  type: 'Permanent',
  subType: 'General',
  message: 'The receiving server does not know this address.',
}
export const fullMailbox: Bounce = {
  type: 'Transient',
  subType: 'MailboxFull',
  message: 'The mailbox of the receiver is full.',
}

/** An event about a message, to those of its receivers whom it touches (webhooks/emails/*). */
export function sentEvent(
  type: SentEventType,
  email: Sent,
  to: string[],
  now: number,
  bounce: Bounce = unknownUser,
): WebhookEvent {
  const { letter } = email
  return {
    type,
    created_at: new Date(now).toISOString(),
    data: {
      created_at: new Date(email.createdAt).toISOString(),
      email_id: email.id,
      message_id: email.messageId,
      from: letter.from,
      to,
      subject: letter.subject,
      // Asked for as a list, told as an object (webhooks/emails/sent, `tags`).
      ...(letter.tags.length > 0
        ? { tags: Object.fromEntries(letter.tags.map(({ name, value }) => [name, value])) }
        : {}),
      ...particulars(type, bounce),
    },
  }
}

function particulars(type: SentEventType, bounce: Bounce): Record<string, unknown> {
  const permanent = bounce.type === 'Permanent'
  switch (type) {
    case 'email.bounced':
      return {
        bounce: {
          ...bounce,
          diagnosticCode: [permanent ? 'smtp; 550 5.1.1 user unknown' : 'smtp; 452 4.2.2 mailbox full'],
        },
      }
    case 'email.failed':
      return { failed: { reason: 'reached_daily_quota' } }
    case 'email.suppressed':
      // send-test-emails: the suppressed test address was "previously bounced".
      return {
        suppressed: {
          type: 'OnAccountSuppressionList',
          reason: 'previous_bounce',
          message: 'The address is on the suppression list of the account.',
          diagnosticCode: [],
        },
      }
    case 'email.sent':
    case 'email.scheduled':
    case 'email.delivered':
    case 'email.delivery_delayed':
    case 'email.complained':
      return {}
  }
}

/** Mail came in: who, to whom and about what; its text must be fetched (webhooks/emails/received). */
export function receivedEvent(email: Received, now: number): WebhookEvent {
  return {
    type: 'email.received',
    created_at: new Date(now).toISOString(),
    data: {
      email_id: email.id,
      created_at: email.created_at,
      from: email.bareFrom,
      to: email.to,
      bcc: email.bcc,
      cc: email.cc,
      received_for: [],
      message_id: email.message_id,
      subject: email.subject,
      attachments: email.attachments.map(
        ({ id, filename, content_type, content_disposition, content_id }) => ({
          id,
          filename,
          content_type,
          content_disposition,
          ...(content_id ? { content_id } : {}),
        }),
      ),
    },
  }
}
