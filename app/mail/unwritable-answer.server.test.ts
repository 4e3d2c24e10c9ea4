import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'

// A provider that gives two messages one id: the second answer can never be written down.
const asked: string[] = []
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { to } = JSON.parse(Buffer.concat(chunks).toString()) as { to: string[] }
    asked.push(to[0] ?? '')
    const id = to[0]?.startsWith('twin') ? 'the-same' : `id-${asked.length}`
    response.end(JSON.stringify({ id }))
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
process.env['SANDBOX_MAIL_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

// Only now: the settings are read once.
const { db } = await import('#app/platform/db.server.ts')
const { noRateLimit, queueOne, receipt, standing } = await import('#tests/support/outbox.ts')
const { sendDue } = await import('./send.server.ts')
afterAll(() => {
  server.close()
  // The database goes at the end of the file, and with it the line that a sender does not outlive.
  process.exit = () => undefined as never
})

test('an answer that cannot be written down is asked for again later, and holds up nobody else', async () => {
  await noRateLimit()
  const first = await queueOne(receipt, 'twin1@example.org')
  await sendDue()
  expect((await standing(first)).state).toBe('accepted')

  const twin = await queueOne(receipt, 'twin2@example.org')
  const others: string[] = []
  for (let nth = 0; nth < 20; nth++) others.push(await queueOne(receipt, `n${nth}@example.org`))
  await sendDue()
  for (const id of others) expect((await standing(id)).state).toBe('accepted')
  const { state, call } = await standing(twin)
  expect(state).toBe('sending')
  expect(call.state).toBe('waiting')
  expect(call.dueAt.getTime()).toBeGreaterThan(call.firstAttemptAt?.getTime() ?? Infinity)
  const attempts = await db.mailAttempt.findMany({ where: { callId: call.id } })
  expect(new Set(attempts.map(({ verdict }) => verdict))).toEqual(new Set(['ask-again']))
  // On a slow machine the later time has come already.
  expect(asked.filter((to) => to.startsWith('twin2'))).toHaveLength(attempts.length)
})
