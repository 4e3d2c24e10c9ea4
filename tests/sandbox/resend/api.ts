import { refused, told, type Answer, type ApiRequest } from './answer.ts'
import { listed, retrieved } from './emails.ts'
import { apiError } from './errors.ts'
import { bareAddress, readSchedule } from './letter.ts'
import { pageOf } from './pages.ts'
import { listedReceived, retrievedReceived } from './receiving.ts'
import { readJson, sendBatch, sendOne } from './sending.ts'
import type { StandIn } from './stand-in.ts'

type Handler = (standIn: StandIn, request: ApiRequest, before: Promise<void>) => Answer | Promise<Answer>

/** A place of the API: its method, its path, and what it does. */
type Route = { method: string; pattern: RegExp; name: string; sending: boolean; handle: Handler }

const route = (name: string, handle: Handler, sending = false): Route => {
  const [method = '', path = ''] = name.split(' ')
  return { method, pattern: new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`), name, sending, handle }
}

/** resend.com/docs/api-reference: what the product needs of it. The order matters where a name could be an id. */
const routes: Route[] = [
  route('POST /emails', sendOne, true),
  route('POST /emails/batch', sendBatch, true),
  route('GET /emails', listEmails),
  route('GET /emails/receiving', listReceiving),
  route('GET /emails/receiving/:id', getReceived),
  route('GET /emails/:id', getEmail),
  route('PATCH /emails/:id', updateEmail),
  route('POST /emails/:id/cancel', cancelEmail),
  route('POST /suppressions', addSuppression),
  route('GET /suppressions', listSuppressions),
  route('POST /suppressions/batch/add', addSuppressions),
  route('POST /suppressions/batch/remove', removeSuppressions),
  route('GET /suppressions/:suppression', getSuppression),
  route('DELETE /suppressions/:suppression', removeSuppression),
]

/** The place that a request means, with the open parts of its path; or why there is none. */
export function findRoute(
  method: string,
  path: string,
):
  | { outcome: 'found'; route: Route; params: string[] }
  | { outcome: 'none'; error: 'not_found' | 'method_not_allowed' } {
  const known = routes.filter(({ pattern }) => pattern.test(path))
  const found = known.find((each) => each.method === method)
  if (!found) return { outcome: 'none', error: known.length > 0 ? 'method_not_allowed' : 'not_found' }
  return { outcome: 'found', route: found, params: (found.pattern.exec(path) ?? []).slice(1) }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Finds what an id in the path means, or says that it is no id, or nobody's. */
function withId<T>(
  request: ApiRequest,
  find: (id: string) => T | undefined,
  then: (found: T) => Answer,
): Answer {
  const [id = ''] = request.params
  if (!UUID.test(id)) return refused(apiError('invalid_parameter', 'The `id` must be a valid UUID.'))
  const found = find(id)
  return found === undefined ? refused(apiError('not_found', 'Email not found')) : then(found)
}

function listEmails({ emails }: StandIn, { query }: ApiRequest): Answer {
  const page = pageOf(emails.newestFirst, query)
  if (page.outcome === 'refused') return refused(page.error)
  return told({ object: 'list', has_more: page.hasMore, data: page.data.map(listed) })
}

function getEmail({ emails }: StandIn, request: ApiRequest): Answer {
  return withId(
    request,
    (id) => emails.find(id),
    (email) => told(retrieved(email)),
  )
}

function updateEmail({ emails, clock }: StandIn, request: ApiRequest): Answer {
  return withId(
    request,
    (id) => emails.find(id),
    (email) => {
      const body = readJson(request.body)
      if (body.outcome === 'refused') return refused(body.error)
      const words = (body.value as { scheduled_at?: unknown } | null)?.scheduled_at
      const time = typeof words === 'string' ? readSchedule(words, clock.now()) : 'unreadable'
      if (time === 'unreadable') return refused(apiError('validation_error', 'Invalid `scheduled_at` field.'))
      if (!emails.reschedule(email, time))
        return refused(apiError('validation_error', 'It is not scheduled.'))
      return told({ object: 'email', id: email.id })
    },
  )
}

function cancelEmail({ emails }: StandIn, request: ApiRequest): Answer {
  return withId(
    request,
    (id) => emails.find(id),
    (email) => {
      if (!emails.cancel(email)) return refused(apiError('validation_error', 'It is not scheduled.'))
      return told({ object: 'email', id: email.id })
    },
  )
}

function listReceiving({ inbox }: StandIn, { query }: ApiRequest): Answer {
  const page = pageOf(inbox.newestFirst, query)
  if (page.outcome === 'refused') return refused(page.error)
  return told({ object: 'list', has_more: page.hasMore, data: page.data.map(listedReceived) })
}

function getReceived({ inbox }: StandIn, request: ApiRequest): Answer {
  return withId(
    request,
    (id) => inbox.find(id),
    (email) => told(retrievedReceived(email)),
  )
}

function addSuppression({ suppressions }: StandIn, request: ApiRequest): Answer {
  const body = readJson(request.body)
  if (body.outcome === 'refused') return refused(body.error)
  const address = (body.value as { email?: unknown } | null)?.email
  if (typeof address !== 'string')
    return refused(apiError('missing_required_field', 'Missing `email` field.'))
  if (bareAddress(address) !== address) return refused(apiError('validation_error', 'Invalid `email` field.'))
  const { object, id } = suppressions.add(address, 'manual', null)
  return told({ object, id }, 201)
}

function listSuppressions({ suppressions }: StandIn, { query }: ApiRequest): Answer {
  const origin = query.get('origin')
  const page = pageOf(
    suppressions.newestFirst.filter((each) => origin === null || each.origin === origin),
    query,
  )
  if (page.outcome === 'refused') return refused(page.error)
  return told({ object: 'list', has_more: page.hasMore, data: page.data })
}

function getSuppression({ suppressions }: StandIn, { params: [wanted = ''] }: ApiRequest): Answer {
  const found = suppressions.find(decodeURIComponent(wanted))
  return found ? told(found) : refused(apiError('not_found', 'Suppression not found'))
}

function removeSuppression({ suppressions }: StandIn, { params: [wanted = ''] }: ApiRequest): Answer {
  const removed = suppressions.remove(decodeURIComponent(wanted))
  if (!removed) return refused(apiError('not_found', 'Suppression not found'))
  return told({ object: 'suppression', id: removed.id, deleted: true })
}

/** Up to a hundred at once (api-reference/suppressions/batch-add-suppressions). */
function addSuppressions({ suppressions }: StandIn, request: ApiRequest): Answer {
  const addresses = readList(request, 'emails')
  if (!addresses) return refused(apiError('validation_error', '`emails` holds 1 to 100 addresses.'))
  const added = addresses.map((address) => suppressions.add(address, 'manual', null))
  return told({ data: added.map(({ object, id }) => ({ object, id })) }, 201)
}

function removeSuppressions({ suppressions }: StandIn, request: ApiRequest): Answer {
  const wanted = readList(request, 'emails') ?? readList(request, 'ids')
  if (!wanted) return refused(apiError('validation_error', '`emails` or `ids` holds 1 to 100 of them.'))
  const removed = wanted.flatMap((each) => suppressions.remove(each) ?? [])
  return told({ data: removed.map(({ object, id }) => ({ object, id, deleted: true })) })
}

function readList(request: ApiRequest, field: string): string[] | undefined {
  const body = readJson(request.body)
  const value = body.outcome === 'read' ? (body.value as Record<string, unknown> | null)?.[field] : undefined
  if (!Array.isArray(value) || value.length === 0 || value.length > 100) return undefined
  return value.every((each) => typeof each === 'string') ? value : undefined
}
