import { apiError, type ApiError } from './errors.ts'

/**
 * One page of a list, newest first: `limit` 1 to 100, 20 unless told; `after` or `before` an id, never both
 * (resend.com/docs/api-reference/pagination).
 */
export function pageOf<T extends { id: string }>(
  newestFirst: readonly T[],
  query: URLSearchParams,
): { outcome: 'page'; data: T[]; hasMore: boolean } | { outcome: 'refused'; error: ApiError } {
  const refuse = (message: string) =>
    ({ outcome: 'refused', error: apiError('validation_error', message) }) as const
  const limit = Number(query.get('limit') ?? 20)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return refuse('`limit` is 1 to 100.')
  const [after, before] = [query.get('after'), query.get('before')]
  if (after !== null && before !== null) return refuse('Either `after` or `before`, not both.')
  const cursor = after ?? before
  const place = cursor === null ? -1 : newestFirst.findIndex(({ id }) => id === cursor)
  if (cursor !== null && place === -1) return refuse('The cursor is no id of this list.')
  if (before !== null) {
    const start = Math.max(0, place - limit)
    return { outcome: 'page', data: newestFirst.slice(start, place), hasMore: start > 0 }
  }
  const data = newestFirst.slice(place + 1, place + 1 + limit)
  return { outcome: 'page', data, hasMore: place + 1 + limit < newestFirst.length }
}
