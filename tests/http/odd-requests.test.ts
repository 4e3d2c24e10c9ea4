import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHouse, type House } from '../support/house.ts'

let house: House
beforeAll(async () => {
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
})
afterAll(() => house.stop())

/** Sends the head of a request and `body`, and hangs up after `holdMs`. Returns the first line of the answer. */
async function send(head: string[], body = '', holdMs = 2000): Promise<string> {
  const { host, port } = new URL(house.url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => undefined)
  let heard = ''
  socket.on('data', (part) => (heard += String(part)))
  await once(socket, 'connect')
  const [first = '', ...headers] = head
  socket.write([first, `Host: ${host}`, `Origin: http://${host}`, ...headers, '', body].join('\r\n'))
  await Promise.race([once(socket, 'close'), delay(holdMs)])
  socket.destroy()
  return heard.split('\r\n')[0] ?? ''
}

const faults = () => house.log().filter(({ level }) => Number(level) >= 50)

test.each([
  ['TRACE', ['TRACE /report HTTP/1.1', 'Connection: close']],
  [
    'JSON where a form is expected',
    [
      'POST /sandbox/components HTTP/1.1',
      'Connection: close',
      'Content-Type: application/json',
      'Content-Length: 0',
    ],
  ],
])('%s is refused as the sender’s affair, not noted as a fault of ours', async (_, head) => {
  expect(await send(head)).toMatch(/^HTTP\/1\.1 400 /)
  expect(faults()).toEqual([])
})

test('a visitor who leaves while sending is no fault of ours', async () => {
  const head = ['POST /sandbox/components HTTP/1.1', 'Content-Length: 20']
  await send(head, 'name=A', 200)
  await expect.poll(() => house.log().filter(({ msg }) => msg === 'request').length).toBeGreaterThan(2)
  expect(faults()).toEqual([])
})
