import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { openApi, requestBreaches, responseBreaches } from './open-api.ts'
import { aLetter, isReal, testInStandIn, useService, type Asked } from './service.ts'

const service = useService()
const { ask, control } = service
const keyed = (key: string) => ({ 'idempotency-key': key })
const isError = (status: number, name: string) => ({
  status,
  body: expect.objectContaining({ statusCode: status, name }),
})

/** The answer fits Resend's own description of its API. */
function fits(route: string, asked: Asked): void {
  if (openApi.outcome === 'read') {
    expect(responseBreaches(openApi.document, route, asked.status, asked.body)).toEqual([])
  }
}

beforeEach(async () => {
  if (isReal) return
  await control('POST reset')
  await control('PUT settings', { perSecond: 1000 })
})

describe('A message', () => {
  test('that is sent with the real SDK has an id, under which it is found', async () => {
    const { data, error } = await service.resend.emails.send(aLetter() as never)
    expect(error).toBeNull()
    const found = await ask(`GET /emails/${data?.id}`)
    expect(found).toMatchObject({ status: 200, body: { object: 'email', id: data?.id, subject: 'A letter' } })
    fits('GET /emails/{email_id}', found)
  })

  test('is asked for and answered as the OpenAPI file says', async () => {
    const letter = aLetter({ tags: [{ name: 'message', value: 'one' }] })
    if (openApi.outcome === 'read')
      expect(requestBreaches(openApi.document, 'POST /emails', letter)).toEqual([])
    fits('POST /emails', await ask('POST /emails', { body: letter }))
  })

  test('stands first in the list of what was sent, and the list can be read on from there', async () => {
    const [, second, third] = [
      await ask('POST /emails', { body: aLetter() }),
      await ask('POST /emails', { body: aLetter() }),
      await ask('POST /emails', { body: aLetter() }),
    ]
    const page = await ask('GET /emails?limit=1')
    fits('GET /emails', page)
    expect(page.body).toMatchObject({ object: 'list', has_more: true, data: [{ id: third.body.id }] })
    const next = await ask(`GET /emails?limit=1&after=${third.body.id}`)
    expect(next.body.data).toMatchObject([{ id: second.body.id }])
    const before = await ask(`GET /emails?limit=1&before=${second.body.id}`)
    expect(before.body.data).toMatchObject([{ id: third.body.id }])
  })

  test('that is to leave tomorrow can be called off, once', async () => {
    const sent = await ask('POST /emails', { body: aLetter({ scheduled_at: tomorrow() }) })
    const cancelled = await ask(`POST /emails/${sent.body.id}/cancel`)
    expect(cancelled).toMatchObject({ status: 200, body: { object: 'email', id: sent.body.id } })
    fits('POST /emails/{email_id}/cancel', cancelled)
    expect((await ask(`GET /emails/${sent.body.id}`)).body.last_event).toBe('canceled')
    expect((await ask(`POST /emails/${sent.body.id}/cancel`)).status).toBe(422)
  })

  testInStandIn('that is to leave tomorrow leaves tomorrow', async () => {
    const sent = await ask('POST /emails', { body: aLetter({ scheduled_at: tomorrow() }) })
    expect((await ask(`GET /emails/${sent.body.id}`)).body.last_event).toBe('scheduled')
    await control('PUT clock', { aheadMs: 25 * 3_600_000 })
    await expect
      .poll(async () => (await ask(`GET /emails/${sent.body.id}`)).body.last_event)
      .toBe('delivered')
  })
})

const tomorrow = () => new Date(Date.now() + 24 * 3_600_000).toISOString()

describe('A message is refused', () => {
  test.each([
    ['without a sender', { from: undefined }, 422, 'missing_required_field'],
    ['without a receiver', { to: undefined }, 422, 'missing_required_field'],
    ['without a subject', { subject: undefined }, 422, 'missing_required_field'],
    ['without words', { html: undefined, text: undefined }, 422, 'validation_error'],
    ['from what is no address', { from: 'Courage' }, 422, 'validation_error'],
    ['to what is no address', { to: ['nobody'] }, 422, 'validation_error'],
    ['to a domain that nobody reads', { to: ['somebody@example.com'] }, 422, 'validation_error'],
    [
      'to more than fifty people',
      { to: Array.from({ length: 51 }, (_, n) => `delivered+${n}@resend.dev`) },
      422,
      'validation_error',
    ],
    ['with a space in a tag', { tags: [{ name: 'a b', value: 'c' }] }, 422, 'validation_error'],
    ['with an empty attachment', { attachments: [{ filename: 'a.txt' }] }, 422, 'invalid_attachment'],
  ])('%s', async (_, changes, status, name) => {
    expect(await ask('POST /emails', { body: aLetter(changes) })).toMatchObject(isError(status, name))
  })

  testInStandIn.each([
    [
      'with more than 75 tags',
      { tags: Array.from({ length: 76 }, (_, n) => ({ name: `t${n}`, value: 'v' })) },
    ],
    ['with a second header inside a header', { headers: { 'X-One': 'a\r\nBcc: b@charity.org' } }],
    ['for a day after the thirtieth', { scheduled_at: 'in 31 days' }],
    ['for a time that nobody can read', { scheduled_at: 'when the cows come home' }],
  ])('%s', async (_, changes) => {
    expect(await ask('POST /emails', { body: aLetter(changes) })).toMatchObject(
      isError(422, 'validation_error'),
    )
  })

  testInStandIn('that is no JSON', async () => {
    expect(await ask('POST /emails', { body: '{' })).toMatchObject(isError(400, 'validation_error'))
  })

  testInStandIn('from a domain that is not verified', async () => {
    await control('PUT settings', { verifiedDomains: ['charity.org'] })
    expect(await ask('POST /emails', { body: aLetter() })).toMatchObject(isError(403, 'validation_error'))
    const ours = await ask('POST /emails', { body: aLetter({ from: 'Us <post@charity.org>' }) })
    expect(ours.status).toBe(200)
  })
})

describe('A batch', () => {
  test('has its ids in the order of its messages', async () => {
    const letters = [aLetter({ subject: 'First' }), aLetter({ subject: 'Second' })]
    if (openApi.outcome === 'read') {
      expect(requestBreaches(openApi.document, 'POST /emails/batch', letters)).toEqual([])
    }
    const { data } = await service.resend.batch.send(letters as never)
    expect(data?.data).toHaveLength(2)
    for (const [index, subject] of ['First', 'Second'].entries()) {
      expect((await ask(`GET /emails/${data?.data[index]?.id}`)).body.subject).toBe(subject)
    }
    fits('POST /emails/batch', await ask('POST /emails/batch', { body: letters }))
  })

  test('with one wrong message takes none of them', async () => {
    const answer = await ask('POST /emails/batch', { body: [aLetter(), aLetter({ to: ['nobody'] })] })
    expect(answer.status).toBe(422)
    if (!isReal) expect((await control('GET messages')).total).toBe(0)
  })

  test('that is asked for permissively takes the others, and says which it left out', async () => {
    const { data } = await service.resend.batch.send([aLetter(), aLetter({ to: ['nobody'] })] as never, {
      batchValidation: 'permissive',
    })
    expect(data?.data).toHaveLength(1)
    expect(data?.errors).toMatchObject([{ index: 1 }])
  })

  test('of more than a hundred is refused', async () => {
    const letters = Array.from({ length: 101 }, () => aLetter())
    expect((await ask('POST /emails/batch', { body: letters })).status).toBe(422)
  })
})

describe('A key', () => {
  test('with the same bytes answers the same ids, and nothing is sent again', async () => {
    const [headers, body] = [keyed(randomUUID()), [aLetter(), aLetter()]]
    const first = await ask('POST /emails/batch', { body, headers })
    const again = await ask('POST /emails/batch', { body, headers })
    expect(again).toMatchObject({ status: 200, body: first.body })
    if (!isReal) expect((await control('GET messages')).total).toBe(2)
  })

  test('with other bytes is refused', async () => {
    const headers = keyed(randomUUID())
    await ask('POST /emails', { body: aLetter(), headers })
    const other = await ask('POST /emails', { body: aLetter({ subject: 'Other' }), headers })
    expect(other).toMatchObject(isError(409, 'invalid_idempotent_request'))
  })

  test('is another one at another endpoint', async () => {
    const headers = keyed(randomUUID())
    expect((await ask('POST /emails', { body: aLetter(), headers })).status).toBe(200)
    expect((await ask('POST /emails/batch', { body: [aLetter()], headers })).status).toBe(200)
  })

  test('of more than 256 characters is refused, and one of 256 is not', async () => {
    const tooLong = await ask('POST /emails', { body: aLetter(), headers: keyed('k'.repeat(257)) })
    expect(tooLong).toMatchObject(isError(400, 'invalid_idempotency_key'))
    const longest = keyed(randomUUID().padEnd(256, 'k'))
    expect((await ask('POST /emails', { body: aLetter(), headers: longest })).status).toBe(200)
  })

  testInStandIn('whose request is still under way is refused for now', async () => {
    await control('PUT faults', { delayMs: 300 })
    await control('POST next', { route: 'POST /emails', fault: 'delay' })
    const [headers, body] = [keyed('slow'), aLetter()]
    const slow = ask('POST /emails', { body, headers })
    await expect
      .poll(async () => (await ask('POST /emails', { body, headers })).body.name)
      .toBe('concurrent_idempotent_requests')
    const first = await slow
    expect((await ask('POST /emails', { body, headers })).body).toEqual(first.body)
  })

  testInStandIn('is forgotten after 24 hours and not before', async () => {
    const [headers, body] = [keyed('a day'), aLetter()]
    const first = await ask('POST /emails', { body, headers })
    await control('PUT clock', { aheadMs: 24 * 3_600_000 - 60_000 })
    expect((await ask('POST /emails', { body, headers })).body).toEqual(first.body)
    await control('PUT clock', { aheadMs: 60_000 })
    expect((await ask('POST /emails', { body, headers })).body).not.toEqual(first.body)
  })

  testInStandIn('of a refused request may come again with a better one', async () => {
    const headers = keyed('better')
    expect((await ask('POST /emails', { body: aLetter({ to: ['nobody'] }), headers })).status).toBe(422)
    expect((await ask('POST /emails', { body: aLetter(), headers })).status).toBe(200)
  })
})
