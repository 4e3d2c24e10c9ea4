import { PassThrough } from 'node:stream'
import {
  createReadableStreamFromReadable,
  type EntryContext,
  type HandleErrorFunction,
} from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToPipeableStream, renderToStaticMarkup } from 'react-dom/server'
import type { RequestContext } from './platform/context.server.ts'
import { log } from './platform/log.server.ts'
import { NonceProvider } from './ui/nonce.tsx'
import { RequestIdProvider } from './ui/request-id.tsx'

/** A page whose rendering takes longer is given up: nothing we show needs it. */
const PATIENCE_MS = 10_000

/**
 * Every page is rendered whole before its first byte leaves: a visitor without script never waits for a part that a
 * script would have to fill in, and an error can still become an error page.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: RequestContext,
): Promise<Response> | Response {
  headers.set('content-type', 'text/html; charset=utf-8')
  const page = (
    <NonceProvider value={context.nonce}>
      <RequestIdProvider value={context.requestId}>
        <RemixServer context={remix} url={request.url} nonce={context.nonce} />
      </RequestIdProvider>
    </NonceProvider>
  )
  if (context.nonce === undefined) {
    // Without script nobody will hydrate it, so it needs none of React's marks.
    return new Response(`<!DOCTYPE html>${renderToStaticMarkup(page)}`, { status, headers })
  }
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce: context.nonce,
      onAllReady() {
        clearTimeout(patience)
        const body = new PassThrough()
        pipe(body)
        resolve(new Response(createReadableStreamFromReadable(body), { status, headers }))
      },
      onShellError: reject,
      onError(error) {
        log.error({ err: error, requestId: context.requestId }, 'rendering failed')
      },
    })
    // Kept running, it would hold the whole page in memory after it has been sent.
    const patience = setTimeout(() => abort(new Error('rendering took too long')), PATIENCE_MS)
  })
}

/** An exception nobody expected: noted once, with the id that the visitor's error page shows. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  // A page that is not there is the visitor's news, not ours; and its address may be private.
  if (request.signal.aborted || isRouteErrorResponse(error)) return
  log.error({ err: error, requestId: (context as RequestContext).requestId }, 'a page failed')
}
