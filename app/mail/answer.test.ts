import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mayHaveBeenTaken, verdictOn, type Verdict } from './answer.ts'

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
  [402, 'payment_required', 'stop'],
  [404, 'not_found', 'stop'],
  [405, 'method_not_allowed', 'stop'],
  [409, 'concurrent_idempotent_requests', 'wait'],
  [409, 'resource_locked', 'wait'],
  [409, 'invalid_idempotent_request', 'halt'],
  [413, 'payload_too_large', 'refused'],
  [422, 'missing_required_field', 'refused'],
  [422, 'missing_required_parameter', 'refused'],
  [422, 'invalid_parameter', 'refused'],
  [422, 'invalid_attachment', 'refused'],
  [422, 'validation_error', 'refused'],
  [429, 'rate_limit_exceeded', 'wait'],
  [429, 'daily_quota_exceeded', 'pause'],
  [429, 'monthly_quota_exceeded', 'pause'],
  [425, 'too_early', 'wait'],
  [429, 'something_new', 'wait'],
  [500, 'application_error', 'ask-again'],
  [500, 'internal_server_error', 'ask-again'],
  [502, 'application_error', 'ask-again'],
  [503, 'service_unavailable', 'ask-again'],
  [null, 'application_error', 'ask-again'],
  [null, 'unreadable_answer', 'ask-again'],
]

// Names that the provider uses under more than one status: the status decides.
const statuses = [400, 401, 403, 404, 405, 409, 422, 429, 500, 502, 503, null]
const names = [...new Set(table.map(([, name]) => name)), 'a_name_of_tomorrow']

describe('the provider’s answer', () => {
  test.each(table)('%s %s leads to "%s"', (status, name, action) => {
    expect(verdictOn({ status, name }).action).toBe(action)
  })
})

describe('whatever name comes with a status,', () => {
  const alike = new Map<number | null, Verdict['action'][]>([
    [400, ['refused']],
    [401, ['stop']],
    [403, ['stop']],
    [404, ['stop']],
    [405, ['stop']],
    [409, ['wait', 'halt']],
    [422, ['refused']],
    [429, ['wait', 'pause']],
    [500, ['ask-again']],
    [502, ['ask-again']],
    [503, ['ask-again']],
    [null, ['ask-again']],
  ])
  test.each(statuses)('%s leads nowhere else', (status) => {
    for (const name of names) expect(alike.get(status)).toContain(verdictOn({ status, name }).action)
  })
})

describe('a request may have been taken', () => {
  test.each([
    [true, 'no answer was written down', null, null],
    [true, 'its answer could not be read', 'ask-again', null],
    [true, 'the provider failed', 'ask-again', 500],
    [true, 'it is being dealt with', 'wait', 409],
    [true, 'the key was used before', 'halt', 409],
    [true, 'it was', 'accepted', 200],
    [false, 'it was one too many', 'wait', 429],
    [false, 'the allowance is used up', 'pause', 429],
    [false, 'we are not let in', 'stop', 403],
    [false, 'it was refused', 'refused', 422],
  ] as const)('%s when %s', (may, _, verdict, status) => {
    expect(mayHaveBeenTaken({ verdict, status })).toBe(may)
  })

  test('only a refusal of the bytes themselves says anything of the requests before it', () => {
    const forGood = (status: number) => {
      const verdict = verdictOn({ status, name: 'validation_error' })
      return verdict.action === 'refused' && verdict.forGood
    }
    expect([400, 413, 422].map(forGood)).toEqual([true, true, true])
    expect([406, 410, 431, 451].map(forGood)).toEqual([false, false, false, false])
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
