import { z } from 'zod'
import { keyKinds } from './account.ts'
import { errorNames } from './errors.ts'
import { sentEventTypes, unknownUser } from './events.ts'
import { faultNames, noFaults, readFault } from '../parts/faults.ts'
import type { RequestLog } from '../parts/log.ts'
import type { LogLine } from './log-line.ts'
import { mailboxLine, mailboxMessage } from './mailbox.ts'
import { outcomes } from './outcomes.ts'
import { incoming } from './receiving.ts'
import { readJson } from './sending.ts'
import type { StandIn } from './stand-in.ts'
import { noWebhookFaults } from '../parts/post.ts'

type Told = { status: number; body: unknown }

const share = z.number().min(0).max(1)
const rates = z.partialRecord(z.enum(faultNames), share)

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

const faultPlan = z.object({
  seed: z.number().default(noFaults.seed),
  delayMs: z.number().default(noFaults.delayMs),
  by: z.enum(['key', 'arrival']).default(noFaults.by),
  routes: z.record(z.string(), rates).default({}),
})

const webhookPlan = z.object({
  seed: z.number().default(noWebhookFaults.seed),
  lost: share.default(0),
  twice: share.default(0),
  late: share.default(0),
  lateMs: z.number().default(0),
  shuffle: z.number().int().min(0).default(0),
  hold: z.boolean().default(false),
})

const endpoint = z
  .object({ url: z.url(), secrets: z.array(z.string().startsWith('whsec_')).min(1) })
  .nullable()

const release = z.object({
  times: z.number().int().positive().default(1),
  seed: z.number().nullable().default(null),
  skewSeconds: z.number().int().default(0),
  tamper: z.boolean().default(false),
})

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
export async function control(
  standIn: StandIn,
  log: RequestLog<LogLine>,
  reset: () => void,
  method: string,
  url: URL,
  bytes: Buffer,
): Promise<Told> {
  const json = bytes.length === 0 ? { outcome: 'read' as const, value: {} } : readJson(bytes)
  if (json.outcome === 'refused') return { status: 400, body: json.error }
  const body = json.value
  const { clock, account, emails, faults, inbox, keys, quotas, rate, webhooks } = standIn
  const [, , noun = '', id = '', verb = ''] = url.pathname.split('/')

  switch (`${method} ${[noun, id && ':id', verb].filter(Boolean).join('/')}`) {
    case 'POST reset':
      reset()
      return told({})
    case 'GET clock':
      return told({ now: new Date(clock.now()).toISOString() })
    case 'PUT clock':
      return read(
        z.union([z.object({ now: z.iso.datetime() }), z.object({ aheadMs: z.number() })]),
        body,
        (to) => {
          clock.set('now' in to ? Date.parse(to.now) : clock.now() + to.aheadMs)
          return { now: new Date(clock.now()).toISOString() }
        },
      )
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
    case 'PUT faults':
      return read(faultPlan, body, (to) => {
        faults.plan = to
        return {}
      })
    case 'GET under-way':
      return told({ keys: keys.underWay })
    case 'POST next':
      return read(
        z.object({
          route: z.string().default('*'),
          fault: z
            .unknown()
            .transform((fault) => readFault(fault, errorNames))
            .refine((fault) => fault !== undefined, 'is no fault we know'),
          times: z.number().int().positive().default(1),
        }),
        body,
        ({ route, fault, times }) => {
          if (fault) faults.script(route, fault, times)
          return {}
        },
      )
    case 'PUT webhook':
      return read(endpoint, body, (to) => {
        webhooks.endpoint = to
        return {}
      })
    case 'PUT webhook-faults':
      return read(webhookPlan, body, (to) => {
        webhooks.faults = to
        return {}
      })
    case 'GET webhooks':
      return told({
        busy: webhooks.busy,
        data: webhooks.deliveries.map(({ body: event, ...delivery }) => ({
          ...delivery,
          event: JSON.parse(event) as unknown,
        })),
      })
    case 'POST release':
      return read(release, body, (how) => ({ sent: webhooks.release(how) }))
    case 'GET messages': {
      const to = url.searchParams.get('to')?.toLowerCase()
      const from = Number(url.searchParams.get('skip') ?? 0)
      const limit = Number(url.searchParams.get('limit') ?? 100)
      const show = url.searchParams.has('brief') ? mailboxLine : mailboxMessage
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
    case 'GET log':
      return told({ data: log.lines })
    default:
      return nothing('control')
  }
}

function told(body: unknown): Told {
  return { status: 200, body }
}

function nothing(what: string): Told {
  return { status: 404, body: { message: `There is no such ${what}.` } }
}

function read<T>(schema: z.ZodType<T>, body: unknown, then: (value: T) => unknown): Told {
  const parsed = schema.safeParse(body)
  if (parsed.success) return told(then(parsed.data))
  return { status: 422, body: { message: z.prettifyError(parsed.error) } }
}
