import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from './clock.ts'
import type { Told } from './control.ts'
import { closeServer, isFromPage, isLoopback, readBody, send } from './http.ts'
import { Kept } from './kept.ts'
import { RequestLog } from './log.ts'
import type { Endpoint, Movable } from './post.ts'

/** A stand-in that listens. */
export type Listening<StandIn, Line> = {
  url: string
  port: number
  standIn: () => StandIn
  log: RequestLog<Line>
  close: () => Promise<void>
}

/**
 * Where a stand-in listens and what it keeps: port 0 takes a free one. Without a log file the log stays in memory, and
 * without a file to keep it in, what was done is forgotten at the end. `endpoint` hears the webhooks from the beginning.
 */
export type Options = {
  port: number
  host?: string
  logFile?: string | undefined
  keptFile?: string | undefined
  endpoint?: Endpoint | null
  /** The time that it begins with, as milliseconds since 1970; without it the machine's. It runs on, also over a reset. */
  now?: number | undefined
}

/** One request that has come in whole; `number` counts all of them. */
export type Call = { number: number; method: string; url: URL; body: Buffer; request: IncomingMessage }

/** What one service is, where all of them are alike otherwise. */
export type Service<StandIn, Entry, Line> = {
  name: string
  open: (kept: Kept<Entry>) => StandIn
  /** Brings back what was kept, and goes on where the last process ended. */
  recall: (standIn: StandIn, entries: Entry[]) => void
  /** What is still of use of all that is known. */
  worthKeeping: (standIn: StandIn) => Entry[]
  control: (standIn: StandIn, log: RequestLog<Line>, reset: () => void, call: Call) => Told
  /** What somebody reads who has no business with the control API. */
  nowhere: object
  answer: (standIn: StandIn, log: RequestLog<Line>, call: Call, response: ServerResponse) => Promise<void>
}

/** Starts a stand-in on loopback. */
export async function listen<StandIn extends { clock: Clock; webhooks: Movable }, Entry, Line>(
  service: Service<StandIn, Entry, Line>,
  options: Options,
): Promise<Listening<StandIn, Line>> {
  const host = options.host ?? '127.0.0.1'
  const log = new RequestLog<Line>(options.logFile)
  const kept = new Kept<Entry>(options.keptFile)
  const aheadMs = options.now ? options.now - Date.now() : 0
  let standIn = opened()
  let requests = 0

  function opened(): StandIn {
    const fresh = service.open(kept)
    fresh.webhooks.endpoint = options.endpoint ?? null
    if (aheadMs !== 0) fresh.clock.set(Date.now() + aheadMs)
    return fresh
  }
  function end(): void {
    standIn.clock.clear()
    standIn.webhooks.close()
  }
  function reset(): void {
    end()
    kept.begin([])
    standIn = opened()
  }

  const server = createServer((request, response) => {
    const number = ++requests
    void answer(number, request, response).catch((error: unknown) => {
      // Whoever dies in the middle of asking has asked nothing.
      if (request.errored) return
      process.stderr.write(`the stand-in for ${service.name} failed: ${String(error)}\n`)
      response.destroy()
    })
  })

  async function answer(number: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const url = new URL(request.url ?? '/', 'http://stand-in')
    const call = { number, method: request.method ?? 'GET', url, body, request }
    if (!url.pathname.startsWith('/_control/')) return service.answer(standIn, log, call, response)
    if (!isLoopback(request.socket) || isFromPage(request)) return send(response, 404, {}, service.nowhere)
    const told = service.control(standIn, log, reset, call)
    send(response, told.status, {}, told.body)
  }

  // A connection that a caller keeps for its next request is not closed under its hands.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, resolve)
  })
  // Only now that nobody else has the port: two must not write one file.
  service.recall(standIn, kept.read())
  kept.begin(service.worthKeeping(standIn))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    standIn: () => standIn,
    log,
    close: async () => {
      end()
      await closeServer(server)
      log.close()
      kept.close()
    },
  }
}
