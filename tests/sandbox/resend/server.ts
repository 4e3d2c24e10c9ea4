import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Fault as AnyFault } from '../parts/faults.ts'
import { closeServer, htmlPage, isFromPage, isLoopback, readBody, send, sendText } from '../parts/http.ts'
import { Kept } from '../parts/kept.ts'
import { RequestLog } from '../parts/log.ts'
import type { Endpoint } from '../parts/post.ts'
import { refused, type Answer, type ApiRequest } from './answer.ts'
import { findRoute } from './api.ts'
import { control } from './control.ts'
import type { Entry } from './entries.ts'
import { apiError, type ErrorName } from './errors.ts'
import type { LogLine } from './log-line.ts'
import { recall, worthKeeping } from './recall.ts'
import { newStandIn, type StandIn } from './stand-in.ts'

type Fault = AnyFault<ErrorName>

/** A stand-in for Resend that listens. */
export type Running = {
  url: string
  port: number
  standIn: () => StandIn
  log: RequestLog<LogLine>
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
  const log = new RequestLog<LogLine>(options.logFile)
  const kept = new Kept<Entry>(options.keptFile)
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
