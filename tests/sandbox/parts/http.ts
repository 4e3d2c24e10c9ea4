import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const LARGEST_BODY = 64 * 1024 * 1024

export function htmlPage(title: string): string {
  return `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1></html>`
}

export function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: unknown,
): void {
  sendText(response, status, headers, 'application/json; charset=utf-8', JSON.stringify(body))
}

export function sendText(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  type: string,
  text: string,
): void {
  response.writeHead(status, { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

/** Does to an answer what a fault does to answers of any service; false if there is no such fault. */
export function spoilAnswer(
  response: ServerResponse,
  fault: unknown,
  headers: Record<string, string>,
): boolean {
  switch (fault) {
    case 'refuse':
    case 'drop':
      response.destroy()
      return true
    case 'hang':
    case 'accepted-hang':
      return true
    case 'bad-gateway':
      sendText(response, 502, headers, 'text/html', htmlPage('Bad gateway'))
      return true
    case 'html':
      sendText(response, 200, headers, 'text/html', htmlPage('One moment, please'))
      return true
    default:
      return false
  }
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > LARGEST_BODY) throw new Error('A body of more than 64 MB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export function isLoopback({ remoteAddress = '' }: Socket): boolean {
  return /^(127\.|::1$|::ffff:127\.)/.test(remoteAddress)
}

/**
 * A page of some other site that is open in the same machine's browser: it may call loopback, and its name may be made
 * to lead there.
 */
export function isFromPage({ headers: { origin, host = '' } }: IncomingMessage): boolean {
  return origin !== undefined || !/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/.test(host)
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
