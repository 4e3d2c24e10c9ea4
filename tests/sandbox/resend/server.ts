import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { refused, type Answer, type ApiRequest } from './answer.ts'
import { findRoute } from './api.ts'
import { control } from './control.ts'
import { apiError } from './errors.ts'
import type { Fault } from './faults.ts'
import { Kept } from './kept.ts'
import { RequestLog } from './log.ts'
import { recall, worthKeeping } from './recall.ts'
import { newStandIn, type StandIn } from './stand-in.ts'
import type { Endpoint } from './webhooks.ts'

const LARGEST_BODY = 64 * 1024 * 1024

/** A stand-in for Resend that listens. */
export type Running = {
  url: string
  port: number
  standIn: () => StandIn
  log: RequestLog
  close: () => Promise<void>
}

/**
 * Starts a stand-in on loopback; port 0 takes a free one. Without a log file the log stays in memory, and without a file
 * to keep it in, what was taken is forgotten at the end. `endpoint` hears the webhooks from the beginning.
 */
export async function startStandIn(options: {
  port: number
  host?: string
  logFile?: string | undefined
  keptFile?: string | undefined
  endpoint?: Endpoint | null
}): Promise<Running> {
  const host = options.host ?? '127.0.0.1'
  const log = new RequestLog(options.logFile)
  const kept = new Kept(options.keptFile)
  let standIn = opened()
  let requests = 0

  function opened(): StandIn {
    const fresh = newStandIn(kept)
    fresh.webhooks.endpoint = options.endpoint ?? null
    return fresh
  }

  const reset = () => {
    standIn.clock.clear()
    standIn.webhooks.close()
    kept.begin([])
    standIn = opened()
  }
  const server = createServer((request, response) => {
    const number = ++requests
    void serve(number, request, response).catch((error: unknown) => {
      // Whoever dies in the middle of asking has asked nothing.
      if (request.errored) return
      process.stderr.write(`the stand-in for Resend failed: ${String(error)}\n`)
      response.destroy()
    })
  })

  async function serve(number: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const url = new URL(request.url ?? '/', 'http://stand-in')
    if (url.pathname.startsWith('/_control/')) {
      if (!isLoopback(request.socket) || isFromPage(request))
        return send(response, 404, {}, apiError('not_found'))
      const answer = await control(standIn, log, reset, request.method ?? 'GET', url, body)
      return send(response, answer.status, {}, answer.body)
    }
    const apiRequest: ApiRequest = {
      method: request.method ?? 'GET',
      path: url.pathname,
      params: [],
      query: url.searchParams,
      headers: request.headers,
      body,
      key: request.headers['idempotency-key'] as string | undefined,
    }
    const { answer, fault, headers, route } = await answerTo(standIn, apiRequest)
    const { name: error } = answer.outcome === 'refused' ? (answer.body as { name: string }) : { name: null }
    // On paper before the answer leaves, however it leaves.
    log.write({
      number,
      at: new Date(standIn.clock.now()).toISOString(),
      route,
      path: url.pathname,
      key: apiRequest.key ?? null,
      outcome: answer.outcome,
      status: answer.status,
      error,
      fault: fault === null ? null : typeof fault === 'string' ? fault : `error ${fault.error}`,
      ids: answer.ids ?? [],
      accepted: answer.accepted ?? [],
    })
    deliver(response, answer, fault, headers)
  }

  // A connection that a sender keeps for its next request is not closed under its hands.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, resolve)
  })
  // Only now that nobody else has the port: two must not write one file.
  const before = kept.read()
  recall(standIn, before)
  kept.begin(worthKeeping(standIn))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    standIn: () => standIn,
    log,
    close: async () => {
      standIn.clock.clear()
      standIn.webhooks.close()
      await closeServer(server)
      log.close()
      kept.close()
    },
  }
}

type Served = { answer: Answer; fault: Fault | null; headers: Record<string, string>; route: string }

/** The order of what is looked at: who asks, how often, where, what chance does, and then the request itself. */
async function answerTo(standIn: StandIn, request: ApiRequest): Promise<Served> {
  const found = findRoute(request.method, request.path)
  const name = found.outcome === 'found' ? found.route.name : `${request.method} ${request.path}`
  const without = (answer: Answer, headers = {}): Served => ({ answer, fault: null, headers, route: name })

  // knowledge-base/403-error-1010: a request that does not say what it comes from does not come in.
  if (!request.headers['user-agent']) {
    return without({ status: 403, body: { name: null, text: 'error code: 1010' }, outcome: 'refused' })
  }
  const sending = found.outcome === 'found' && found.route.sending
  const denied = standIn.account.refusal(request.headers.authorization, sending)
  if (denied) return without(refused(denied))

  const { headers: rate, allowed } = standIn.rate.count()
  if (!allowed) return without(refused(apiError('rate_limit_exceeded')), rate)
  if (found.outcome === 'none') return without(refused(apiError(found.error)), rate)

  const fault = standIn.faults.draw(name, request.key)
  const early = instead(fault)
  if (early) return { answer: early.answer, fault, headers: { ...rate, ...early.headers }, route: name }
  const before = fault === 'delay' ? pause(standIn.faults.plan.delayMs) : Promise.resolve()
  const answer = await found.route.handle(standIn, { ...request, params: found.params }, before)
  return { answer, fault, headers: { ...rate, ...standIn.quotas.headers }, route: name }
}

/** What a fault answers in place of the API, before anything is taken; undefined if it does its work later. */
function instead(fault: Fault | null): { answer: Answer; headers?: Record<string, string> } | undefined {
  if (fault === null) return undefined
  if (typeof fault !== 'string') return { answer: refused(apiError(fault.error)) }
  switch (fault) {
    case 'rate-limit':
      return { answer: refused(apiError('rate_limit_exceeded')), headers: { 'retry-after': '1' } }
    case 'server-error':
      return { answer: refused(apiError('application_error')) }
    case 'bad-gateway':
      return {
        answer: { status: 502, body: { name: null, text: htmlPage('Bad gateway') }, outcome: 'refused' },
      }
    case 'refuse':
    case 'hang':
      return { answer: { status: 0, body: { name: null }, outcome: 'refused' } }
    case 'delay':
    case 'drop':
    case 'accepted-hang':
    case 'accepted-server-error':
    case 'html':
      return undefined
  }
}

function deliver(
  response: ServerResponse,
  answer: Answer,
  fault: Fault | null,
  headers: Record<string, string>,
): void {
  switch (fault) {
    case 'refuse':
    case 'drop':
      response.destroy()
      return
    case 'hang':
    case 'accepted-hang':
      return
    case 'accepted-server-error':
      return send(response, 500, headers, apiError('application_error'))
    case 'html':
      return sendText(response, 200, headers, 'text/html', htmlPage('One moment, please'))
    default: {
      const { text } = answer.body as { text?: unknown }
      if (answer.outcome === 'refused' && typeof text === 'string') {
        return sendText(response, answer.status, headers, 'text/html', text)
      }
      return send(response, answer.status, headers, answer.body)
    }
  }
}

function htmlPage(title: string): string {
  return `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1></html>`
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: unknown,
): void {
  sendText(response, status, headers, 'application/json; charset=utf-8', JSON.stringify(body))
}

function sendText(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  type: string,
  text: string,
): void {
  response.writeHead(status, { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > LARGEST_BODY) throw new Error('A body of more than 64 MB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function isLoopback({ remoteAddress = '' }: Socket): boolean {
  return /^(127\.|::1$|::ffff:127\.)/.test(remoteAddress)
}

/**
 * A page of some other site that is open in the same machine's browser: it may call loopback, and its name may be made
 * to lead there.
 */
function isFromPage({ headers: { origin, host = '' } }: IncomingMessage): boolean {
  return origin !== undefined || !/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/.test(host)
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
