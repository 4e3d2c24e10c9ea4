import type Stripe from 'stripe'
import { z } from 'zod'
import { done, failed, type ApiRequest, type Done } from './answer.ts'
import { noSuch } from './errors.ts'
import { listed } from './lists.ts'
import { flag, listParams, readParams, within } from './params.ts'
import type { StandIn } from './stand-in.ts'
import { newId } from './store.ts'

/** The version that the SDK is pinned to; events hold objects as this version shows them. */
export const API_VERSION = '2026-10-28.endive'

/** docs.stripe.com/api/events: events can be read for 30 days. */
const READABLE_SECONDS = 30 * 24 * 60 * 60

/**
 * Notes that something happened to an object, with the object as it is now. `previous` holds what was otherwise before
 * (docs.stripe.com/api/events/object).
 */
export function emit(standIn: StandIn, type: Stripe.Event['type'], object: object, previous?: object): void {
  standIn.store.save({
    id: newId('evt'),
    object: 'event',
    api_version: API_VERSION,
    created: standIn.seconds,
    data: structuredClone({ object, ...(previous ? { previous_attributes: previous } : {}) }),
    livemode: standIn.account.livemode,
    pending_webhooks: standIn.webhooks.endpoint ? 1 : 0,
    request: standIn.cause,
    type,
    // The union's members differ only in what `data.object` is.
  } as Stripe.Event)
}

export function getEvent({ store, seconds }: StandIn, { ref }: ApiRequest): Done {
  const event = store.findOf('event', ref)
  return event && event.created > seconds - READABLE_SECONDS ? done(event) : failed(noSuch('event', ref))
}

const query = z.strictObject({
  ...listParams,
  type: z.string().optional(),
  types: z.array(z.string()).max(20).optional(),
  delivery_success: flag.optional(),
})

/** docs.stripe.com/api/events/list: `type` may end in `*`. */
export function listEvents({ seconds, store, webhooks }: StandIn, { params }: ApiRequest): Done {
  const read = readParams(query, params)
  if (read.outcome === 'failed') return read
  const { created, type, types = type ? [type] : undefined, delivery_success: delivered } = read.value
  const isAsked = (name: string) =>
    !types || types.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each))
  const heard = new Set(webhooks.deliveries.filter(({ state }) => state === 'delivered').map(({ id }) => id))
  const events = store
    .newestFirst('event')
    .filter(
      (event) =>
        event.created > seconds - READABLE_SECONDS &&
        within(created, event.created) &&
        isAsked(event.type) &&
        (delivered === undefined || heard.has(event.id) === delivered),
    )
  return listed(events, '/v1/events', read.value)
}
