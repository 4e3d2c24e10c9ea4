/** An error as Stripe writes it, inside `{ error }` (docs.stripe.com/api/errors). */
export type ApiError = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'
  message: string
  code?: string
  param?: string
  decline_code?: string
  charge?: string
  doc_url?: string
}

/** What went wrong, and under which status. `isStored`: an idempotency key answers it again. */
export type Failure = { status: number; error: ApiError; isStored: boolean }

/**
 * Errors by a name of ours: docs.stripe.com/error-codes and docs.stripe.com/error-low-level, "Content errors". What is
 * refused before the work began leaves nothing under its key (docs.stripe.com/api/idempotent_requests).
 */
const table = {
  no_key: [401, 'invalid_request_error', null, 'You did not provide an API key.', false],
  unknown_key: [401, 'invalid_request_error', 'api_key_invalid', 'Invalid API Key provided.', false],
  restricted_key: [403, 'invalid_request_error', null, 'This key may not do that.', false],
  unknown_route: [404, 'invalid_request_error', null, 'Unrecognized request URL.', false],
  unknown_parameter: [
    400,
    'invalid_request_error',
    'parameter_unknown',
    'Received unknown parameter.',
    false,
  ],
  missing_parameter: [400, 'invalid_request_error', 'parameter_missing', 'Missing required param.', false],
  invalid_parameter: [400, 'invalid_request_error', null, 'Invalid parameter.', false],
  unknown_version: [400, 'invalid_request_error', null, 'Invalid Stripe API version.', false],
  key_too_long: [400, 'invalid_request_error', null, 'An idempotency key has 1 to 255 characters.', false],
  other_parameters: [
    400,
    'idempotency_error',
    null,
    'Keys for idempotent requests can only be used with the same parameters they were first used with.',
    false,
  ],
  key_in_use: [
    409,
    'idempotency_error',
    'idempotency_key_in_use',
    'There is currently another in-progress request using this Idempotent Key.',
    false,
  ],
  no_such: [404, 'invalid_request_error', 'resource_missing', 'There is no such object.', true],
  no_such_named: [400, 'invalid_request_error', 'resource_missing', 'There is no such object.', false],
  not_now: [400, 'invalid_request_error', null, 'It is in a state that does not allow that.', true],
  card_declined: [402, 'card_error', 'card_declined', 'Your card was declined.', true],
  rate_limit: [429, 'invalid_request_error', 'rate_limit', 'Too many requests in this moment.', false],
  lock_timeout: [
    429,
    'invalid_request_error',
    'lock_timeout',
    'Another request works on this object.',
    false,
  ],
  server_error: [500, 'api_error', null, 'An unknown error occurred.', true],
} as const satisfies Record<string, readonly [number, ApiError['type'], string | null, string, boolean]>

export type ErrorName = keyof typeof table

/** Every error that can be provoked. */
export const errorNames = Object.keys(table) as ErrorName[]

/** An error of the table, with what is to be said of this case. */
export function failure(name: ErrorName, particulars: Partial<ApiError> = {}): Failure {
  const [status, type, usual, message, isStored] = table[name]
  const code = particulars.code ?? usual ?? undefined
  return {
    status,
    isStored,
    error: {
      ...(code ? { code, doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}` } : {}),
      message,
      type,
      ...particulars,
    },
  }
}

/** What a path leads to is not there: 404 (docs.stripe.com/api/errors, "HTTP status code summary"). */
export function noSuch(what: string, id: string, param = 'id'): Failure {
  return failure('no_such', { message: `No such ${what}: '${id}'`, param })
}

/** What a parameter names is not there: the request is at fault, 400 (docs.stripe.com/error-codes#resource-missing). */
export function noSuchNamed(what: string, id: string, param: string): Failure {
  return failure('no_such_named', { message: `No such ${what}: '${id}'`, param })
}
