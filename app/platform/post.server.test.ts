import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { verdictOn } from '#app/mail/answer.ts'

// A provider that answers what no provider should. What it is asked does not matter.
let answer: (response: ServerResponse) => void
const server = createServer((request, response) => {
  request.resume().on('end', () => answer(response))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
process.env['SANDBOX_MAIL_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const { post } = await import('./post.server.ts')
afterAll(() => server.close())

function says(status: number, body: string, headers: Record<string, string> = {}): void {
  answer = (response) => response.writeHead(status, headers).end(body)
}

const two = Buffer.from(JSON.stringify([{ subject: 'One' }, { subject: 'Two' }]))
const ask = () => post('/emails/batch', two, 'a key')

async function verdict(): Promise<string> {
  const answered = await ask()
  return answered.outcome === 'taken' ? 'accepted' : verdictOn(answered).action
}

describe('what a machine between us and the provider says is not taken for the provider’s word:', () => {
  test.each([
    ['a gateway’s own JSON under 502', 502, '{"message":"Bad gateway"}'],
    ['a gateway’s own JSON under 500', 500, '{"message":"Endpoint request timed out"}'],
    ['a status in words', 503, '{"statusCode":"503","name":"service_unavailable","message":""}'],
    ['a status that is none', 500, '{"statusCode":500.5,"name":"x","message":""}'],
    ['a bare word', 502, '"bad"'],
    ['a list', 500, '[]'],
    ['nothing', 500, 'null'],
    ['a page under 400', 400, '<html>Bad Request</html>'],
    ['a page under 422', 422, '<html>Unprocessable</html>'],
    ['a page under 421', 421, '<html>Misdirected</html>'],
  ])('%s', async (_, status, body) => {
    says(status, body)
    expect(await verdict()).toBe('ask-again')
  })

  test('a page that says that we may not, or that it is too much, says so all the same', async () => {
    for (const [status, means] of [
      [403, 'stop'],
      [413, 'refused'],
      [429, 'wait'],
    ] as const) {
      says(status, '<html>No</html>')
      expect(await verdict()).toBe(means)
    }
  })
})

describe('an answer that a batch was taken is believed only when it names each message once:', () => {
  test.each([
    ['too few', '{"data":[{"id":"a"}]}'],
    ['too many', '{"data":[{"id":"a"},{"id":"b"},{"id":"c"}]}'],
    ['one twice', '{"data":[{"id":"a"},{"id":"a"}]}'],
    ['numbers', '{"data":[{"id":1},{"id":2}]}'],
    ['nothing in its place', '{"data":[null,{"id":"b"}]}'],
    ['no list', '{"data":{"id":"a"}}'],
    ['no object', '7'],
    ['nothing', 'null'],
    ['no JSON', '{"data":[{"id":"a"'],
    ['what no database can hold', '{"data":[{"id":"a\\u0000"},{"id":"b"}]}'],
    ['a book', JSON.stringify({ data: [{ id: 'a'.repeat(10_000) }, { id: 'b' }] })],
    ['an empty one', '{"data":[{"id":""},{"id":"b"}]}'],
  ])('%s', async (_, body) => {
    says(200, body)
    expect(await verdict()).toBe('ask-again')
  })

  test('a whole one is', async () => {
    says(200, '{"data":[{"id":"a"},{"id":"b"}]}')
    expect(await ask()).toMatchObject({ outcome: 'taken', ids: ['a', 'b'] })
  })
})

describe('the provider’s limits are kept to, and no slip of its holds mail up for ever:', () => {
  test.each([
    ['a pause of a year', { 'retry-after': '31536000' }, { retryAfterMs: 600_000 }],
    ['a pause past the end of time', { 'retry-after': '99999999999999999' }, { retryAfterMs: 600_000 }],
    ['no pause at all', { 'retry-after': 'soon' }, { retryAfterMs: undefined }],
    ['a request a day', { 'ratelimit-limit': '0.00001' }, { perSecond: undefined }],
    ['requests without end', { 'ratelimit-limit': 'Infinity' }, { perSecond: undefined }],
    ['a limit of none', { 'ratelimit-limit': '0' }, { perSecond: undefined }],
    ['as usual', { 'ratelimit-limit': '10', 'retry-after': '2' }, { perSecond: 10, retryAfterMs: 2000 }],
  ])('%s', async (_, headers, facts) => {
    says(429, '{"statusCode":429,"name":"rate_limit_exceeded","message":""}', headers)
    expect((await ask()).rate).toMatchObject(facts)
  })
})
