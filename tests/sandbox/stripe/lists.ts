import type Stripe from 'stripe'
import { z } from 'zod'
import { done, failed, type ApiRequest, type Done } from './answer.ts'
import { failure, noSuchNamed } from './errors.ts'
import { listParams, readParams, within, type Period } from './params.ts'
import type { StandIn } from './stand-in.ts'
import type { Thing } from './store.ts'

type Page = {
  limit?: number | undefined
  starting_after?: string | undefined
  ending_before?: string | undefined
}

/** Objects of one kind, with the fields that a list can be narrowed by: each is compared to the letter. */
type Listed = Extract<Thing, { created: number }>

/** The route of a list of all objects of a kind, newest first. */
export function listOf(
  kind: Listed['object'],
  url: string,
  fields: Record<string, z.ZodType<string | undefined>>,
): (standIn: StandIn, request: ApiRequest) => Done {
  const query = z.strictObject({ ...listParams, ...fields })
  return ({ store }, { params }) => {
    const read = readParams(query, params)
    if (read.outcome === 'failed') return read
    const asked = read.value as Page & { created?: Period } & Record<string, unknown>
    const isAsked = (each: Listed) =>
      Object.keys(fields).every((name) => asked[name] === undefined || value(each, name) === asked[name])
    const found = store
      .newestFirst(kind)
      .filter((each) => within(asked.created, each.created) && isAsked(each))
    return listed(found, url, asked)
  }
}

function value(object: Listed, name: string): unknown {
  return (object as unknown as Record<string, unknown>)[name]
}

/**
 * One page of a list: `limit` 1 to 100, 10 unless told; `starting_after` or `ending_before` an id, never both
 * (docs.stripe.com/api/pagination).
 */
export function listed<T extends { id: string }>(all: readonly T[], url: string, page: Page): Done {
  const { limit = 10, starting_after: after, ending_before: before } = page
  if (limit < 1 || limit > 100) {
    return failed(failure('invalid_parameter', { message: '`limit` is 1 to 100.', param: 'limit' }))
  }
  if (after !== undefined && before !== undefined) {
    return failed(
      failure('invalid_parameter', { message: 'Either starting_after or ending_before, not both.' }),
    )
  }
  const cursor = after ?? before
  if (cursor !== undefined && !all.some(({ id }) => id === cursor)) {
    return failed(noSuchNamed('object', cursor, after === undefined ? 'ending_before' : 'starting_after'))
  }
  return done(pageOf(all, url, page))
}

/** docs.stripe.com/api/pagination: before a cursor stand the nearest ones, and still in the list's order. */
export function pageOf<T extends { id: string }>(
  all: readonly T[],
  url: string,
  { limit = 10, starting_after: after, ending_before: before }: Page,
): Stripe.ApiList<T> {
  const place = all.findIndex(({ id }) => id === (after ?? before))
  const start = before === undefined ? place + 1 : Math.max(0, place - limit)
  const end = before === undefined ? start + limit : place
  return {
    object: 'list',
    url,
    has_more: before === undefined ? end < all.length : start > 0,
    data: all.slice(start, end),
  }
}
