import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHouse, type House } from '../support/house.ts'

let house: House
beforeAll(async () => {
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
})
afterAll(() => house.stop())

const MEBIBYTE = 1024 * 1024

function post(body: string | ReadableStream): Promise<Response> {
  return house.fetch('/sandbox/components', {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { origin: house.url, 'content-type': 'application/x-www-form-urlencoded' },
  })
}

test('a body larger than any letter is refused with a page that says so', async () => {
  const answer = await post('a'.repeat(MEBIBYTE))
  expect(answer.status).toBe(413)
  const html = await answer.text()
  expect(html).toContain('<header')
  expect(html).toContain('<h1')
})

test('a body that hides its length is cut off at the same size', async () => {
  const chunk = new TextEncoder().encode('a'.repeat(64 * 1024))
  let sent = 0
  const endless = new ReadableStream({
    pull(controller) {
      sent += chunk.length
      if (sent > 64 * MEBIBYTE) controller.close()
      else controller.enqueue(chunk)
    },
  })
  const status = await post(endless).then(
    (answer) => answer.status,
    () => 'cut off',
  )
  expect([413, 'cut off']).toContain(status)
  expect(sent).toBeLessThan(16 * MEBIBYTE)
})

test('a letter of 100,000 characters is no burden', async () => {
  expect((await post(`letter=${'a'.repeat(100_000)}`)).status).not.toBe(413)
})

test('a path that cannot be read is refused with a page, in the site’s own frame', async () => {
  const socket = connect(Number(new URL(house.url).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.write('GET /%E0%A4%A HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).toContain('<header')
})
