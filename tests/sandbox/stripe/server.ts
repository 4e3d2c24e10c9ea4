import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { closeServer, htmlPage, isFromPage, isLoopback, readBody, send, sendText } from '../parts/http.ts'
import { Kept } from '../parts/kept.ts'
import { RequestLog } from '../parts/log.ts'
import type { Endpoint } from '../parts/post.ts'
import { answerOf, failed, type ApiRequest } from './answer.ts'
import { control } from './control.ts'
import { failure } from './errors.ts'
import { readForm } from './form.ts'
import { visit } from './hosted-page.ts'
import type { LogLine } from './log-line.ts'
import { serve, type Served } from './serve.ts'
import { StandIn, type Entry } from './stand-in.ts'
import { newId } from './store.ts'

/** A stand-in for Stripe that listens. */
export type Running = {
  url: string
  port: number
  standIn: () => StandIn
  log: RequestLog<LogLine>
  close: () => Promise<void>
}

/**
 * Starts a stand-in on loopback; port 0 takes a free one. Without a log file the log stays in memory, and without a file
 * to keep it in, what was done is forgotten at the end. `endpoint` hears the webhooks from the beginning.
 */
export async function startStandIn(options: {
  port: number
  host?: string
  logFile?: string | undefined
  keptFile?: string | undefined
  endpoint?: Endpoint | null
}): Promise<Running> {
  const host = options.host ?? '127.0.0.1'
  const log = new RequestLog<LogLine>(options.logFile)
  const kept = new Kept<Entry>(options.keptFile)
  let standIn = opened()
  let requests = 0

  function opened(): StandIn {
    const fresh = new StandIn(kept)
    fresh.webhooks.endpoint = options.endpoint ?? null
    return fresh
  }

  const reset = () => {
    standIn.close()
    kept.begin([])
    standIn = opened()
  }
  const server = createServer((request, response) => {
    const number = ++requests
    void answer(number, request, response).catch((error: unknown) => {
      // Whoever dies in the middle of asking has asked nothing.
      if (request.errored) return
      process.stderr.write(`the stand-in for Stripe failed: ${String(error)}\n`)
      response.destroy()
    })
  })

  async function answer(number: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const method = request.method ?? 'GET'
    const url = new URL(request.url ?? '/', 'http://stand-in')
    const note = (line: Pick<LogLine, 'route' | 'outcome' | 'status'> & Partial<LogLine>) =>
      log.write({
        number,
        at: new Date(standIn.clock.now()).toISOString(),
        path: url.pathname,
        key: null,
        error: null,
        fault: null,
        id: null,
        metadata: null,
        ...line,
      })
    if (url.pathname.startsWith('/_control/')) {
      if (!isLoopback(request.socket) || isFromPage(request)) {
        const nowhere = answerOf(failed(failure('unknown_route')))
        return send(response, nowhere.status, {}, nowhere.body)
      }
      const told = control(standIn, log, reset, method, url, body)
      return send(response, told.status, {}, told.body)
    }
    if (url.pathname.startsWith('/c/pay/')) {
      const seen = visit(standIn, method, url.pathname, readForm(body.toString()))
      note({ route: `${method} /c/pay/:session`, outcome: seen.outcome, status: seen.status, id: seen.id })
      return sendText(response, seen.status, seen.headers, 'text/html; charset=utf-8', seen.html)
    }
    const apiRequest = readRequest(request, url, body)
    const served = await serve(standIn, apiRequest)
    note(lineOf(served, apiRequest))
    deliver(response, served)
  }

  // A connection that a caller keeps for its next request is not closed under its hands.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, resolve)
  })
  // Only now that nobody else has the port: two must not write one file.
  standIn.recall(kept.read())
  kept.begin(standIn.worthKeeping)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    standIn: () => standIn,
    log,
    close: async () => {
      standIn.close()
      await closeServer(server)
      log.close()
      kept.close()
    },
  }
}

/** What a GET asks for stands in its query, what a POST says in its body (docs.stripe.com/api). */
function readRequest(request: IncomingMessage, url: URL, body: Buffer): ApiRequest {
  const method = request.method ?? 'GET'
  return {
    id: newId('req'),
    method,
    path: url.pathname,
    ref: '',
    params: readForm(method === 'GET' ? url.search.slice(1) : body.toString()),
    headers: request.headers,
    key: method === 'POST' ? (request.headers['idempotency-key'] as string | undefined) : undefined,
    origin: `http://${request.headers.host ?? 'localhost'}`,
  }
}

/** On paper before the answer leaves, however it leaves. */
function lineOf({ answer, fault, outcome, route, unsaid }: Served, { key, path }: ApiRequest) {
  const body = { ...answer.body, ...unsaid } as {
    id?: string
    metadata?: Record<string, string>
    error?: { code?: string; type: string }
  }
  return {
    route,
    path,
    outcome,
    key: key ?? null,
    status: answer.status,
    error: body.error ? (body.error.code ?? body.error.type) : null,
    fault: fault === null ? null : typeof fault === 'string' ? fault : `error ${fault.error}`,
    id: body.id ?? null,
    metadata: outcome === 'accepted' ? (body.metadata ?? null) : null,
  }
}

function deliver(response: ServerResponse, { answer, fault, headers }: Served): void {
  switch (fault) {
    case 'refuse':
    case 'drop':
      response.destroy()
      return
    case 'hang':
    case 'accepted-hang':
      return
    case 'bad-gateway':
      return sendText(response, 502, headers, 'text/html', htmlPage('Bad gateway'))
    case 'html':
      return sendText(response, 200, headers, 'text/html', htmlPage('One moment, please'))
    default:
      return send(response, answer.status, headers, answer.body)
  }
}
