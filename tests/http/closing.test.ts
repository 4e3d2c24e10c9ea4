import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startHouse, type House } from '../support/house.ts'

let house: House
beforeEach(async () => {
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
})
afterEach(() => house.stop())

/** Well under the eight seconds after which a process that is still busy gives up. */
const SOON_MS = 4000

async function endsSoon(): Promise<void> {
  const began = Date.now()
  expect(await house.stop()).toEqual({ code: 0, signal: null })
  expect(Date.now() - began).toBeLessThan(SOON_MS)
}

test('a connection that a browser opened ahead of need does not hold up the end', async () => {
  const socket = connect(Number(new URL(house.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  await house.fetch('/healthz')
  await endsSoon()
})

test('a browser that asks again and again on one connection is answered in full, and does not hold up the end', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = () =>
    new Promise<'whole' | 'cut' | 'refused'>((resolve) => {
      const call = get(`${house.url}/privacy`, { agent }, (answer: IncomingMessage) => {
        answer.resume()
        answer.on('end', () => resolve('whole'))
        answer.on('error', () => resolve('cut'))
      })
      call.on('error', () => resolve('refused'))
    })
  const outcomes: string[] = []
  const asking = (async () => {
    while (outcomes.at(-1) !== 'refused') {
      outcomes.push(await ask())
      await delay(20)
    }
  })()
  await delay(200)
  await endsSoon()
  await asking
  agent.destroy()
  expect(outcomes).toContain('whole')
  expect(outcomes).not.toContain('cut')
})

test('a form that is still arriving is taken, and then the process ends', async () => {
  const { host, port } = new URL(house.url)
  const socket = connect(Number(port), '127.0.0.1')
  let heard = ''
  socket.on('data', (part) => (heard += String(part)))
  await once(socket, 'connect')
  socket.write(
    `POST /sandbox/components HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\n` +
      'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nname',
  )
  await delay(200)
  const ended = endsSoon()
  await delay(500)
  socket.write('=Ani')
  await ended
  expect(heard).toMatch(/^HTTP\/1\.1 [24]\d\d /)
  expect(heard).toMatch(/connection: close/i)
})
