import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { log } from './log.server.ts'

/** A process that does not end by itself in this time is ended. The supervisor allows ten seconds in all. */
const PATIENCE_MS = 8_000

let ending = false

/** True once this process has been asked to end: whoever works in a loop begins nothing more. */
export function isEnding(): boolean {
  return ending
}

/**
 * Calls `finish` once when the process is asked to end (SIGTERM, Ctrl-C) or when its supervisor has died, then ends it.
 */
export function endWith(finish: () => Promise<void>): void {
  const end = (why: string) => {
    if (ending) return
    ending = true
    log.info({ why }, 'ending')
    setTimeout(() => {
      log.warn('still busy after the time allowed; ending anyway')
      process.exit(1)
    }, PATIENCE_MS).unref()
    finish().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not end cleanly')
        process.exit(1)
      },
    )
  }
  // Node would print the error with all that it quotes.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an error that nobody expected: ending')
    process.exit(1)
  })
  process.on('SIGTERM', () => end('asked to'))
  process.on('SIGINT', () => end('asked to'))
  process.on('disconnect', () => end('the supervisor is gone'))
}

/**
 * Makes a server that can be closed while browsers hold connections open: the returned function takes no more requests,
 * answers those under way, and lets no connection without one keep the process. Browsers open some ahead of need, and
 * keep others for the next page.
 */
export function closable(server: Server): () => Promise<void> {
  const idle = new Set<Socket>()
  const answering = new Set<ServerResponse>()
  let closing = false
  server.on('connection', (socket) => {
    idle.add(socket)
    socket.once('close', () => idle.delete(socket))
  })
  // First of all listeners: a header can still be set.
  server.prependListener('request', ({ socket }, response) => {
    idle.delete(socket)
    answering.add(response)
    if (closing) response.setHeader('connection', 'close')
    response.once('close', () => {
      answering.delete(response)
      if (socket.destroyed) return
      if (closing) socket.destroySoon()
      else idle.add(socket)
    })
  })
  return () => {
    closing = true
    for (const response of answering) if (!response.headersSent) response.setHeader('connection', 'close')
    for (const socket of idle) socket.destroy()
    return new Promise((resolve) => server.close(() => resolve()))
  }
}
