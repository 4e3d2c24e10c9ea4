import { refused, type Answer, type ApiRequest } from './answer.ts'
import type { Sent } from './emails.ts'
import { apiError, type ApiError } from './errors.ts'
import { bareAddress, readLetter, type Letter } from './letter.ts'
import type { AcceptedLine } from './log-line.ts'
import type { StandIn } from './stand-in.ts'

/** api-reference/emails/send-batch-emails */
const LARGEST_BATCH = 100

/** `POST /emails` (api-reference/emails/send-email). `before` is waited for with the key in hand. */
export function sendOne(standIn: StandIn, request: ApiRequest, before: Promise<void>): Promise<Answer> {
  return once(standIn, request, before, (body) => {
    const read = readLetter(body, standIn.clock.now(), false)
    if (read.outcome === 'refused') return refused(read.error)
    const error = refusal(standIn, [read.letter])
    if (error) return refused(error)
    const sent = take(standIn, read.letter, request.key)
    return accepted([sent], { id: sent.id })
  })
}

/**
 * `POST /emails/batch` (api-reference/emails/send-batch-emails). Strict, as it is unless asked otherwise: one message
 * that is wrong, and none is taken. Permissive: the others are, and `errors` says which were not and why.
 */
export function sendBatch(standIn: StandIn, request: ApiRequest, before: Promise<void>): Promise<Answer> {
  return once(standIn, request, before, (body) => {
    if (!Array.isArray(body) || body.length === 0 || body.length > LARGEST_BATCH) {
      return refused(apiError('validation_error', 'A batch is a list of 1 to 100 messages.'))
    }
    const permissive = request.headers['x-batch-validation'] === 'permissive'
    const letters: Letter[] = []
    const errors: { index: number; message: string }[] = []
    for (const [index, item] of body.entries()) {
      const read = readLetter(item, standIn.clock.now(), true)
      if (read.outcome === 'read') letters.push(read.letter)
      else if (!permissive) return refused(read.error)
      else errors.push({ index, message: read.error.message })
    }
    const error = refusal(standIn, letters)
    if (error) return refused(error)
    const sent = letters.map((letter) => take(standIn, letter, request.key))
    return accepted(sent, { data: sent.map(({ id }) => ({ id })), ...(permissive ? { errors } : {}) })
  })
}

/** Under one key it is done once, and said again as often as it is asked (dashboard/emails/idempotency-keys). */
async function once(
  standIn: StandIn,
  request: ApiRequest,
  before: Promise<void>,
  act: (body: unknown) => Answer,
): Promise<Answer> {
  const claim = standIn.keys.claim(`${request.method} ${request.path}`, request.key, request.body)
  switch (claim.outcome) {
    case 'refused':
      return refused(claim.error)
    case 'replay':
      return { ...(claim.answer as Answer), outcome: 'replayed', accepted: [] }
    case 'first': {
      await before
      const body = readJson(request.body)
      if (body.outcome === 'refused') {
        claim.release()
        return refused(body.error)
      }
      const answer = act(body.value)
      if (answer.outcome !== 'accepted') claim.release()
      else {
        const emails = (answer.ids ?? []).flatMap((id) => standIn.emails.find(id) ?? [])
        standIn.kept.write({ kind: 'taken', emails, key: claim.keep(answer) })
      }
      return answer
    }
  }
}

/** The body as JSON, or the error that it is none. */
export function readJson(
  body: Buffer,
): { outcome: 'read'; value: unknown } | { outcome: 'refused'; error: ApiError } {
  try {
    return { outcome: 'read', value: JSON.parse(body.toString('utf8')) }
  } catch {
    return { outcome: 'refused', error: apiError('bad_request', 'The body is no JSON.') }
  }
}

function refusal({ account, quotas }: StandIn, letters: Letter[]): ApiError | undefined {
  for (const { from } of letters) {
    const error = account.domainRefusal(from)
    if (error) return error
  }
  return quotas.exceeded(letters.reduce((sum, letter) => sum + receivers(letter), 0))
}

function take({ emails, quotas }: StandIn, letter: Letter, key: string | undefined): Sent {
  quotas.use(receivers(letter))
  return emails.accept(letter, key ?? null)
}

/** Each to, cc and bcc counts (api-reference/rate-limit, "Email Quotas"). */
function receivers({ to, cc, bcc }: Letter): number {
  return to.length + cc.length + bcc.length
}

function accepted(sent: Sent[], body: unknown): Answer {
  return {
    status: 200,
    body,
    outcome: 'accepted',
    ids: sent.map(({ id }) => id),
    accepted: sent.map(({ id, letter }): AcceptedLine => {
      const all = [...letter.to, ...letter.cc, ...letter.bcc]
      return {
        id,
        to: all.map((address) => bareAddress(address) ?? address),
        tags: Object.fromEntries(letter.tags.map(({ name, value }) => [name, value])),
      }
    }),
  }
}
