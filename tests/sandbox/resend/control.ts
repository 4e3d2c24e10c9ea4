import { z } from 'zod'
import { keyKinds } from './account.ts'
import { errorNames } from './errors.ts'
import { sentEventTypes, unknownUser } from './events.ts'
import { hear, nothing, read, told, type Told } from '../parts/control.ts'
import type { RequestLog } from '../parts/log.ts'
import type { Call } from '../parts/server.ts'
import type { LogLine } from './log-line.ts'
import { mailboxLine, mailboxMessage } from './mailbox.ts'
import { outcomes } from './outcomes.ts'
import { incoming } from './receiving.ts'
import type { StandIn } from './stand-in.ts'

const settings = z
  .object({
    perSecond: z.number().positive(),
    dailyQuota: z.number().nullable(),
    monthlyQuota: z.number().nullable(),
    verifiedDomains: z.array(z.string()).nullable(),
    keys: z.record(z.string(), z.enum(keyKinds)),
    keep: z.number().int().min(0),
    deliveryMs: z.number().min(0),
    fates: z.record(z.string(), z.enum(outcomes)),
  })
  .partial()

const happening = z.object({
  type: z.enum(sentEventTypes),
  to: z.array(z.string()).optional(),
  bounce: z
    .object({
      type: z.enum(['Permanent', 'Transient', 'Undetermined']),
      subType: z.string().default('General'),
      message: z.string().default('It came back.'),
    })
    .default(unknownUser),
})

/**
 * The control API: how tests and the sandbox move the stand-in. No part of Resend, and for this machine alone.
 * `README.md` beside this file lists it.
 */
export function control(standIn: StandIn, log: RequestLog<LogLine>, reset: () => void, call: Call): Told {
  const heard = hear(standIn, errorNames, log, reset, call)
  if (heard.outcome === 'told') return heard.told
  const { body, id, what } = heard.asked
  const { account, emails, inbox, quotas, rate } = standIn

  switch (what) {
    case 'PUT settings':
      return read(settings, body, (to) => {
        rate.perSecond = to.perSecond ?? rate.perSecond
        if (to.dailyQuota !== undefined) quotas.daily = to.dailyQuota
        if (to.monthlyQuota !== undefined) quotas.monthly = to.monthlyQuota
        if (to.verifiedDomains !== undefined) account.verifiedDomains = to.verifiedDomains
        for (const [key, kind] of Object.entries(to.keys ?? {})) account.keys.set(key, kind)
        emails.keep = to.keep ?? emails.keep
        emails.deliveryMs = to.deliveryMs ?? emails.deliveryMs
        for (const [address, fate] of Object.entries(to.fates ?? {}))
          emails.fates.set(address.toLowerCase(), fate)
        return {}
      })
    case 'GET messages': {
      const to = call.url.searchParams.get('to')?.toLowerCase()
      const from = Number(call.url.searchParams.get('skip') ?? 0)
      const limit = Number(call.url.searchParams.get('limit') ?? 100)
      const show = call.url.searchParams.has('brief') ? mailboxLine : mailboxMessage
      const found = emails.newestFirst.filter(
        ({ letter }) => !to || letter.to.some((address) => address.toLowerCase().includes(to)),
      )
      return told({ total: found.length, data: found.slice(from, from + limit).map(show) })
    }
    case 'GET messages/:id': {
      const email = emails.find(id)
      return email ? told(mailboxMessage(email)) : nothing('message')
    }
    case 'POST messages/:id/events': {
      const email = emails.find(id)
      if (!email) return nothing('message')
      return read(happening, body, ({ type, to, bounce }) => {
        emails.tell(email, type, to ?? email.letter.to, bounce)
        return {}
      })
    }
    case 'POST receive':
      return read(incoming, body, (mail) => ({ id: inbox.receive(mail).id }))
    default:
      return nothing('control')
  }
}
