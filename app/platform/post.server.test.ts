import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'

// A provider that answers whatever the test has it say.
let says: unknown
const provider = createServer((request, response) => {
  request.resume().once('end', () => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(says))
  })
}).listen(0, '127.0.0.1')
await once(provider, 'listening')
afterAll(() => provider.close())

process.env['SANDBOX_MAIL_URL'] = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
process.env['SANDBOX_MAIL_SECRET'] = `whsec_${Buffer.from('known to tests alone').toString('base64')}`
const { post } = await import('./post.server.ts')

const batch = Buffer.from(JSON.stringify([{ subject: 'one' }, { subject: 'two' }]))

test('an answer with one id for each message counts, in their order', async () => {
  says = { data: [{ id: 'a' }, { id: 'b' }] }
  expect(await post('/emails/batch', batch, 'key')).toMatchObject({ outcome: 'taken', ids: ['a', 'b'] })
})

test.each([
  ['fewer ids than messages', { data: [{ id: 'a' }] }],
  ['more ids than messages', { data: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }],
  ['one id for two messages', { data: [{ id: 'a' }, { id: 'a' }] }],
  ['no ids', { data: [] }],
  ['ids that are none', { data: [{ id: 1 }, {}] }],
  ['nothing of the kind', { id: 'a' }],
])('an answer with %s leaves it unknown whether they were taken', async (_, answer) => {
  says = answer
  expect(await post('/emails/batch', batch, 'key')).toMatchObject({ outcome: 'error', status: null })
})
