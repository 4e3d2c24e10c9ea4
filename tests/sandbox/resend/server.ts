import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Fault as AnyFault } from '../parts/faults.ts'
import { htmlPage, send, sendText, spoilAnswer } from '../parts/http.ts'
import { faultName, type RequestLog } from '../parts/log.ts'
import { listen, type Call, type Listening, type Options } from '../parts/server.ts'
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
export type Running = Listening<StandIn, LogLine>

export function startStandIn(options: Options): Promise<Running> {
  return listen<StandIn, Entry, LogLine>(
    {
      name: 'Resend',
      open: newStandIn,
      recall,
      worthKeeping,
      control,
      nowhere: apiError('not_found'),
      answer,
    },
    options,
  )
}

async function answer(
  standIn: StandIn,
  log: RequestLog<LogLine>,
  { body, method, number, request, url }: Call,
  response: ServerResponse,
): Promise<void> {
  const apiRequest: ApiRequest = {
    method,
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
    fault: faultName(fault),
    ids: answer.ids ?? [],
    accepted: answer.accepted ?? [],
  })
  deliver(response, answer, fault, headers)
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
  if (spoilAnswer(response, fault, headers)) return
  if (fault === 'accepted-server-error') return send(response, 500, headers, apiError('application_error'))
  const { text } = answer.body as { text?: unknown }
  if (answer.outcome === 'refused' && typeof text === 'string') {
    return sendText(response, answer.status, headers, 'text/html', text)
  }
  return send(response, answer.status, headers, answer.body)
}
