import type { IncomingMessage, ServerResponse } from 'node:http'
import { send, sendText, spoilAnswer } from '../parts/http.ts'
import { faultName, type RequestLog } from '../parts/log.ts'
import { listen, type Call, type Listening, type Options } from '../parts/server.ts'
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
export type Running = Listening<StandIn, LogLine>

export function startStandIn(options: Options): Promise<Running> {
  return listen<StandIn, Entry, LogLine>(
    {
      name: 'Stripe',
      open: (kept) => new StandIn(kept),
      recall: (standIn, entries) => standIn.recall(entries),
      worthKeeping: (standIn) => standIn.worthKeeping,
      control,
      nowhere: answerOf(failed(failure('unknown_route'))).body,
      answer,
    },
    options,
  )
}

async function answer(
  standIn: StandIn,
  log: RequestLog<LogLine>,
  call: Call,
  response: ServerResponse,
): Promise<void> {
  const { body, method, number, request, url } = call
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
    fault: faultName(fault),
    id: body.id ?? null,
    metadata: outcome === 'accepted' ? (body.metadata ?? null) : null,
  }
}

function deliver(response: ServerResponse, { answer, fault, headers }: Served): void {
  if (!spoilAnswer(response, fault, headers)) send(response, answer.status, headers, answer.body)
}
