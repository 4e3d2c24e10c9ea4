import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach } from 'vitest'

/** One event as it arrived. */
export type Heard = { headers: IncomingHttpHeaders; body: string; event: HeardEvent }
export type HeardEvent = { type: string; created_at: string; data: Record<string, unknown> }

/**
 * Somebody to send webhooks to, who notes what arrives and answers what they are told to. Each test has an address of its
 * own: what is still on its way from an earlier one is no news of this one.
 */
export function useListener(): { readonly url: string; readonly heard: Heard[]; answer: number } {
  const listener = { url: '', heard: [] as Heard[], answer: 200 }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (!listener.url.endsWith(request.url ?? '')) return void response.writeHead(200).end()
      const body = Buffer.concat(chunks).toString('utf8')
      listener.heard.push({ headers: request.headers, body, event: JSON.parse(body) as HeardEvent })
      response.writeHead(listener.answer).end()
    })
  })
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  let tests = 0
  beforeEach(() => {
    listener.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/${++tests}`
    listener.heard.length = 0
    listener.answer = 200
  })
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })
  return listener
}
