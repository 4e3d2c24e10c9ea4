import type Stripe from 'stripe'
import { done, failed, type Done } from './answer.ts'
import { failure, noSuch } from './errors.ts'

/**
 * One page of a list, newest first: `limit` 1 to 100, 10 unless told; `starting_after` or `ending_before` an id, never
 * both (docs.stripe.com/api/pagination).
 */
export function listed<T extends { id: string }>(
  newestFirst: readonly T[],
  url: string,
  page: {
    limit?: number | undefined
    starting_after?: string | undefined
    ending_before?: string | undefined
  },
): Done {
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
  const place = cursor === undefined ? -1 : newestFirst.findIndex(({ id }) => id === cursor)
  if (cursor !== undefined && place === -1) {
    return failed(noSuch('object', cursor, after === undefined ? 'ending_before' : 'starting_after'))
  }
  const start = before === undefined ? place + 1 : Math.max(0, place - limit)
  const end = before === undefined ? start + limit : place
  return done({
    object: 'list',
    url,
    has_more: before === undefined ? end < newestFirst.length : start > 0,
    data: newestFirst.slice(start, end),
  } satisfies Stripe.ApiList<T>)
}
