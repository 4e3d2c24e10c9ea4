import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebStream } from 'node:stream/web'
import type { Request as ExpressRequest, Response as ExpressResponse } from 'express'

/**
 * Express's request as the one that Remix wants. The body has been read whole (within its limit) before, so a slow
 * sender never holds a handler. Where a form was sent from has been checked against APP_URL by then: Remix would check it
 * once more, against a Host that a proxy may have changed, and fails on the `Origin: null` of private pages.
 */
export function toWebRequest(req: ExpressRequest, origin: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(req.headers)) {
    if (name === 'origin') continue
    if (Array.isArray(value)) for (const one of value) headers.append(name, one)
    else if (value !== undefined) headers.set(name, value)
  }
  const hasBody = req.method !== 'GET' && req.method !== 'HEAD'
  return new Request(origin + req.url, {
    method: req.method,
    headers,
    body: hasBody && Buffer.isBuffer(req.body) ? new Uint8Array(req.body) : null,
  })
}

/** Sends Remix's response through Express's. Headers that Express already holds stay unless the response names them. */
export async function sendWebResponse(res: ExpressResponse, response: Response): Promise<void> {
  res.status(response.status)
  for (const [name, value] of response.headers) {
    if (name === 'set-cookie') res.append(name, value)
    else res.setHeader(name, value)
  }
  if (!response.body || res.req.method === 'HEAD') {
    await response.body?.cancel()
    res.end()
    return
  }
  try {
    await pipeline(Readable.fromWeb(response.body as WebStream), res)
  } catch (error) {
    // A visitor who leaves early is no fault of anybody's.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
