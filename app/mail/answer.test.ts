import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verdictOn, type Verdict } from './answer.ts'

const seed = Number(process.env['SEED'])

// Resend, "Errors" (resend.com/docs/api-reference/errors), each with what it must lead to.
const table: [number | null, string, Verdict['action']][] = [
  [400, 'invalid_idempotency_key', 'refused'],
  [400, 'validation_error', 'refused'],
  [401, 'missing_api_key', 'stop'],
  [401, 'restricted_api_key', 'stop'],
  [403, 'validation_error', 'stop'],
  [403, 'restricted_api_key', 'stop'],
  [403, 'suspended_api_key', 'stop'],
  [403, 'invalid_permission', 'stop'],
  [403, 'email_above_quota', 'stop'],
  [404, 'not_found', 'stop'],
  [405, 'method_not_allowed', 'stop'],
  [409, 'concurrent_idempotent_requests', 'wait'],
  [409, 'resource_locked', 'wait'],
  [409, 'invalid_idempotent_request', 'halt'],
  [422, 'missing_required_field', 'refused'],
  [422, 'missing_required_parameter', 'refused'],
  [422, 'invalid_parameter', 'refused'],
  [422, 'invalid_attachment', 'refused'],
  [422, 'validation_error', 'refused'],
  [429, 'rate_limit_exceeded', 'wait'],
  [429, 'daily_quota_exceeded', 'pause'],
  [429, 'monthly_quota_exceeded', 'pause'],
  [500, 'application_error', 'ask-again'],
  [502, 'application_error', 'ask-again'],
  [503, 'service_unavailable', 'ask-again'],
  [null, 'application_error', 'ask-again'],
]

describe('the provider’s answer', () => {
  test.each(table)('%s %s leads to "%s"', (status, name, action) => {
    expect(verdictOn({ status, name }).action).toBe(action)
  })
})

describe('an answer that nobody has seen before', () => {
  test('never counts as taken, whatever its status and name', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 100, max: 999 })), fc.string(), (status, name) => {
        expect(verdictOn({ status, name }).action).not.toBe('accepted')
      }),
      { seed },
    )
  })

  test('that may have been taken is asked again with the same key, or stops; it is never made a new call', () => {
    for (const status of [null, 100, 200, 302, 408, 500, 520, 599]) {
      expect(verdictOn({ status, name: 'something_new' }).action).toBe('ask-again')
    }
    expect(verdictOn({ status: 409, name: 'something_new' }).action).toBe('halt')
  })

  test('by which we are shut out stops everything until a person acts', () => {
    for (const status of [401, 403]) expect(verdictOn({ status, name: 'something_new' }).action).toBe('stop')
  })
})
