/** An error as Resend writes it: `{ statusCode, name, message }` (resend.com/docs/api-reference/errors). */
export type ApiError = { statusCode: number; name: string; message: string }

/**
 * Every error of the documented table (resend.com/docs/api-reference/errors), by a name of ours where Resend uses one
 * name for several. `invalid_api_key` is of that page's earlier version; the SDK's types still hold it.
 */
const table = {
  invalid_idempotency_key: [400, 'invalid_idempotency_key', 'An idempotency key has 1 to 256 characters.'],
  bad_request: [400, 'validation_error', 'The request has an error in one or more fields.'],
  missing_api_key: [401, 'missing_api_key', 'The authorization header holds no API key.'],
  restricted_api_key: [401, 'restricted_api_key', 'This API key may only send emails.'],
  invalid_api_key: [403, 'invalid_api_key', 'API key is invalid'],
  inactive_api_key: [403, 'restricted_api_key', 'API key is not active'],
  suspended_api_key: [403, 'suspended_api_key', 'This API key is suspended'],
  invalid_permission: [403, 'invalid_permission', 'The access token lacks a required scope.'],
  email_above_quota: [403, 'email_above_quota', 'This email came in above the quota and cannot be read.'],
  domain_not_verified: [403, 'validation_error', 'The domain of `from` is not verified.'],
  not_found: [404, 'not_found', 'There is no such thing here.'],
  method_not_allowed: [405, 'method_not_allowed', 'This path does not take that method.'],
  concurrent_idempotent_requests: [
    409,
    'concurrent_idempotent_requests',
    'A request with the same idempotency key is still in progress.',
  ],
  invalid_idempotent_request: [
    409,
    'invalid_idempotent_request',
    'This idempotency key was used within 24 hours with another body.',
  ],
  resource_locked: [409, 'resource_locked', 'Another request is changing this right now.'],
  invalid_attachment: [422, 'invalid_attachment', 'An attachment needs either `content` or `path`.'],
  invalid_parameter: [422, 'invalid_parameter', 'The parameter must be a valid UUID.'],
  missing_required_field: [422, 'missing_required_field', 'A required field is missing.'],
  missing_required_parameter: [422, 'missing_required_parameter', 'A required parameter is missing.'],
  validation_error: [422, 'validation_error', 'A field is not as it should be.'],
  daily_quota_exceeded: [429, 'daily_quota_exceeded', 'The daily sending quota is used up.'],
  monthly_quota_exceeded: [429, 'monthly_quota_exceeded', 'The monthly sending quota is used up.'],
  rate_limit_exceeded: [429, 'rate_limit_exceeded', 'Too many requests in this second.'],
  application_error: [500, 'application_error', 'An unexpected error occurred.'],
  service_unavailable: [503, 'service_unavailable', 'API is temporarily unavailable'],
} as const satisfies Record<string, readonly [number, string, string]>

export type ErrorName = keyof typeof table

/** Every error that can be provoked. */
export const errorNames = Object.keys(table) as ErrorName[]

/** An error of the table, with a message of its own if one is given. */
export function apiError(error: ErrorName, message?: string): ApiError {
  const [statusCode, name, usual] = table[error]
  return { statusCode, name, message: message ?? usual }
}
