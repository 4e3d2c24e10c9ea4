import { z } from 'zod'
import type { Clock } from './clock.ts'
import { faultNames, noFaults, readFault, type Faults } from './faults.ts'
import { noWebhookFaults, type Movable as MovablePost } from './post.ts'

/** What the control API answers. */
export type Told = { status: number; body: unknown }

/** One request to the control API: what it asks for, such as `POST disputes/:id/close`, of which thing, and how. */
export type Asked = { what: string; id: string; body: unknown }

/** What every stand-in has that can be moved. */
export type Movable<ErrorName extends string> = {
  clock: Clock
  faults: Faults<ErrorName>
  keys: { readonly underWay: string[] }
  webhooks: MovablePost
}

const share = z.number().min(0).max(1)
const rates = z.partialRecord(z.enum(faultNames), share)

const time = z.union([z.object({ now: z.iso.datetime() }), z.object({ aheadMs: z.number() })])

const faultPlan = z.strictObject({
  seed: z.number().default(noFaults.seed),
  delayMs: z.number().default(noFaults.delayMs),
  by: z.enum(['key', 'arrival']).default(noFaults.by),
  routes: z.record(z.string(), rates).default({}),
})

const webhookPlan = z.strictObject({
  seed: z.number().default(noWebhookFaults.seed),
  lost: share.default(0),
  twice: share.default(0),
  late: share.default(0),
  lateMs: z.number().default(0),
  shuffle: z.number().int().min(0).default(0),
  hold: z.boolean().default(false),
})

const endpoint = z
  .strictObject({ url: z.url(), secrets: z.array(z.string().startsWith('whsec_')).min(1) })
  .nullable()

const release = z.strictObject({
  times: z.number().int().positive().default(1),
  seed: z.number().nullable().default(null),
  skewSeconds: z.number().int().default(0),
  tamper: z.boolean().default(false),
})

/** A request that was answered here, or one that only this stand-in knows. */
export type Heard = { outcome: 'told'; told: Told } | { outcome: 'own'; asked: Asked }

/** Answers what can be asked of every stand-in alike. */
export function hear<ErrorName extends string>(
  standIn: Movable<ErrorName>,
  errorNames: readonly ErrorName[],
  log: { readonly lines: readonly unknown[] },
  reset: () => void,
  { body: bytes, method, url }: { body: Buffer; method: string; url: URL },
): Heard {
  const [, , noun = '', id = '', verb = ''] = url.pathname.split('/')
  const what = `${method} ${[noun, id && ':id', verb].filter(Boolean).join('/')}`
  let body: unknown
  try {
    body = bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'))
  } catch {
    return { outcome: 'told', told: { status: 400, body: { message: 'That is no JSON.' } } }
  }
  const asked = { what, id, body }
  const told = commonControl(standIn, errorNames, log, reset, asked)
  return told ? { outcome: 'told', told } : { outcome: 'own', asked }
}

/** Undefined for what only one of them knows. */
function commonControl<ErrorName extends string>(
  { clock, faults, keys, webhooks }: Movable<ErrorName>,
  errorNames: readonly ErrorName[],
  log: { readonly lines: readonly unknown[] },
  reset: () => void,
  { what, body }: Asked,
): Told | undefined {
  switch (what) {
    case 'POST reset':
      reset()
      return told({})
    case 'GET clock':
      return told({ now: new Date(clock.now()).toISOString() })
    case 'PUT clock':
      return read(time, body, (to) => {
        clock.set('now' in to ? Date.parse(to.now) : clock.now() + to.aheadMs)
        return { now: new Date(clock.now()).toISOString() }
      })
    case 'PUT faults':
      return read(faultPlan, body, (to) => {
        faults.plan = to
        return {}
      })
    case 'GET under-way':
      return told({ keys: keys.underWay })
    case 'POST next':
      return read(nextFault(errorNames), body, ({ route, fault, times }) => {
        if (fault) faults.script(route, fault, times)
        return {}
      })
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
    case 'GET log':
      return told({ data: log.lines })
    default:
      return undefined
  }
}

function nextFault<ErrorName extends string>(errorNames: readonly ErrorName[]) {
  return z.strictObject({
    route: z.string().default('*'),
    fault: z
      .unknown()
      .transform((fault) => readFault(fault, errorNames))
      .refine((fault) => fault !== undefined, 'is no fault we know'),
    times: z.number().int().positive().default(1),
  })
}

export function told(body: unknown): Told {
  return { status: 200, body }
}

export function nothing(what: string): Told {
  return { status: 404, body: { message: `There is no such ${what}.` } }
}

/** Does what the body asks for, or says what is wrong with it. */
export function read<T>(schema: z.ZodType<T>, body: unknown, then: (value: T) => unknown): Told {
  const parsed = schema.safeParse(body)
  if (parsed.success) return told(then(parsed.data))
  return { status: 422, body: { message: z.prettifyError(parsed.error) } }
}
