import { randomUUID } from 'node:crypto'
import type { Clock } from '../parts/clock.ts'
import { databaseTime } from './times.ts'
import { fullMailbox, sentEvent, unknownUser, type Bounce, type SentEventType } from './events.ts'
import { bareAddress, type Letter } from './letter.ts'
import { isTestAddress, testOutcome, type Outcome } from './outcomes.ts'
import type { Suppressions } from './suppressions.ts'
import type { Delivery, Webhooks } from './webhooks.ts'

/** A message that was taken. */
export type Sent = {
  id: string
  messageId: string
  createdAt: number
  letter: Letter
  lastEvent: string
  /** The key it came with, for whoever counts. */
  key: string | null
}

/** The messages that were taken, and what becomes of them. */
export class Emails {
  /** Messages whose words are kept: beyond, the oldest lose html, text and attachments, so that 50,000 fit in memory. */
  keep = 2_000
  /** Between `sent` and what comes after it, by the stand-in's clock. */
  deliveryMs = 50
  /** Fates of addresses that are no test addresses; everyone else gets their mail. */
  readonly fates = new Map<string, Outcome>()
  readonly #all: Sent[] = []
  readonly #byId = new Map<string, Sent>()

  constructor(
    private readonly clock: Clock,
    private readonly suppressions: Suppressions,
    private readonly webhooks: Webhooks,
  ) {}

  get newestFirst(): Sent[] {
    return this.#all.toReversed()
  }

  find(id: string): Sent | undefined {
    return this.#byId.get(id)
  }

  /** Takes a message: from here on it is on its way, whether or not the sender ever hears of it. */
  accept(letter: Letter, key: string | null): Sent {
    const id = randomUUID()
    const now = this.clock.now()
    const email: Sent = {
      id,
      messageId: `<${id}@stand-in.resend.dev>`,
      createdAt: now,
      letter,
      lastEvent: letter.scheduledAt === null ? 'queued' : 'scheduled',
      key,
    }
    this.recall(email)
    const old = this.#all[this.#all.length - 1 - this.keep]
    if (old) old.letter = { ...old.letter, html: null, text: null, attachments: [] }

    if (letter.scheduledAt === null) this.clock.at(now, () => this.#leave(email))
    else {
      this.tell(email, 'email.scheduled', letter.to)
      this.#leaveAt(email, letter.scheduledAt)
    }
    return email
  }

  /** One that was taken, now or before this process began. */
  recall(email: Sent): void {
    this.#all.push(email)
    this.#byId.set(email.id, email)
  }

  /** An event of before this process began. */
  recallEvent({ emailId, type }: Delivery): void {
    const email = this.#byId.get(emailId)
    if (email) email.lastEvent = type.replace('email.', '')
  }

  /** What was on its way when the last process ended goes on from where it was. */
  goOn(): void {
    for (const email of this.#all) {
      if (email.lastEvent === 'queued') this.#leave(email)
      if (email.lastEvent === 'sent') this.#arriveLater(email, this.#others(email))
      if (email.lastEvent === 'scheduled') this.#leaveAt(email, email.letter.scheduledAt ?? 0)
    }
  }

  /** Those that can still be read, oldest first. */
  get withWords(): Sent[] {
    return this.#all.slice(-this.keep)
  }

  /** Only what is still to come can be called off (api-reference/emails/cancel-email). */
  cancel(email: Sent): boolean {
    if (email.lastEvent !== 'scheduled') return false
    email.lastEvent = 'canceled'
    return true
  }

  /** api-reference/emails/update-email */
  reschedule(email: Sent, time: number): boolean {
    if (email.lastEvent !== 'scheduled') return false
    email.letter = { ...email.letter, scheduledAt: time }
    this.#leaveAt(email, time)
    return true
  }

  /** Something happened to a message, to these of its receivers. */
  tell(email: Sent, type: SentEventType, to: string[], bounce: Bounce = unknownUser): void {
    email.lastEvent = type.replace('email.', '')
    for (const address of to) this.#suppressAfter(email, type, address, bounce)
    this.webhooks.emit(sentEvent(type, email, to, this.clock.now(), bounce))
  }

  /** Hard bounces and complaints suppress (dashboard/emails/email-suppressions); test addresses stay usable. */
  #suppressAfter(email: Sent, type: SentEventType, address: string, bounce: Bounce): void {
    if (isTestAddress(address)) return
    const bare = bareAddress(address) ?? address
    if (type === 'email.bounced' && bounce.type === 'Permanent') {
      this.suppressions.add(bare, 'bounce', email.id)
    }
    if (type === 'email.complained') this.suppressions.add(bare, 'complaint', email.id)
  }

  #leaveAt(email: Sent, time: number): void {
    this.clock.at(time, () => {
      if (email.lastEvent === 'scheduled' && email.letter.scheduledAt === time) this.#leave(email)
    })
  }

  #leave(email: Sent): void {
    const others = this.#others(email)
    for (const address of receivers(email)) {
      if (!others.includes(address)) this.tell(email, 'email.suppressed', [address])
    }
    if (others.length === 0) return
    this.tell(email, 'email.sent', others)
    this.#arriveLater(email, others)
  }

  /** Those of its receivers who are not suppressed. */
  #others(email: Sent): string[] {
    return receivers(email).filter((address) => this.#fateOf(address) !== 'suppressed')
  }

  #arriveLater(email: Sent, others: string[]): void {
    this.clock.at(this.clock.now() + this.deliveryMs, () => {
      for (const address of others) this.#arrive(email, address)
    })
  }

  #fateOf(address: string): Outcome {
    const bare = (bareAddress(address) ?? address).toLowerCase()
    if (this.suppressions.find(bare)) return 'suppressed'
    return testOutcome(bare) ?? this.fates.get(bare) ?? 'delivered'
  }

  #arrive(email: Sent, address: string): void {
    const fate = this.#fateOf(address)
    switch (fate) {
      case 'delivered':
        return this.tell(email, 'email.delivered', [address])
      case 'bounced':
        return this.tell(email, 'email.bounced', [address], unknownUser)
      case 'bounced-transient':
        return this.tell(email, 'email.bounced', [address], fullMailbox)
      case 'complained':
        // send-test-emails: received, then marked as spam.
        this.tell(email, 'email.delivered', [address])
        return this.tell(email, 'email.complained', [address])
      case 'delayed':
        return this.tell(email, 'email.delivery_delayed', [address])
      case 'failed':
        return this.tell(email, 'email.failed', [address])
      case 'suppressed':
      case 'silent':
        return
    }
  }
}

function receivers({ letter }: Sent): string[] {
  return [...letter.to, ...letter.cc, ...letter.bcc]
}

/** A message as `GET /emails/:id` tells of it (api-reference/emails/retrieve-email). */
export function retrieved(email: Sent): Record<string, unknown> {
  return {
    object: 'email',
    ...listed(email),
    html: email.letter.html,
    text: email.letter.text,
    tags: email.letter.tags,
  }
}

/** A message as `GET /emails` tells of it (api-reference/emails/list-emails). */
export function listed({ id, messageId, createdAt, letter, lastEvent }: Sent) {
  return {
    id,
    message_id: messageId,
    to: letter.to,
    from: letter.from,
    created_at: databaseTime(createdAt),
    subject: letter.subject,
    bcc: letter.bcc,
    cc: letter.cc,
    reply_to: letter.replyTo,
    last_event: lastEvent,
    scheduled_at: letter.scheduledAt === null ? null : databaseTime(letter.scheduledAt),
  }
}
