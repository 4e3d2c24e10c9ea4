import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import getRawBody from 'raw-body'
import type { RequestContext } from './context.server.ts'
import { db, inSnapshot } from './db.server.ts'
import { env } from './env.server.ts'
import { isLoopback } from './environment.ts'
import { healthRoutes, metrics } from './health.server.ts'
import { log } from './log.server.ts'
import { networkOf } from './network.ts'
import {
  chooseEncoding,
  isUnchanged,
  pageCache,
  type Rendered,
  type StoredPage,
} from './page-cache.server.ts'
import { contentSecurityPolicy, securityHeaders } from './security-headers.server.ts'
import { describeRoute, type RouteFacts } from './site.server.ts'
import { randomId } from './tokens.server.ts'
import { sendWebResponse, toWebRequest } from './web-message.server.ts'

/** Machines speak to these with a signature or a token of their own: no browser's Origin is to be expected. */
const MACHINE_EDGES = [/^\/webhooks\//, /^\/unsubscribe\//]

/**
 * Private links prove themselves by their token, which a page of another site does not know. Their pages tell nobody
 * where a visitor came from, and then browsers send `Origin: null` (Fetch, "append a request Origin header").
 */
const PRIVATE_LINKS = [/^\/me\/[^/]+$/, /^\/updates\/confirm\/[^/]+$/]

/** Longer than any letter or form; a larger body is refused before it is read. */
const BODY_LIMIT = '256kb'

/** What a request that no route answers is told; each has a page (app/refused.tsx). */
type Refusal = 'malformed' | 'foreign' | 'too-large' | 'failed'

export type WebOptions = {
  /** The site as built; asked for at every request, because development rebuilds it. */
  build: () => Promise<ServerBuild>
  /** Serves files: the built assets, or Vite's middleware in development. */
  files: RequestHandler[]
  /** Keep copies of reading pages. */
  cachePages: boolean
}

/** The web process's Express application: what happens to a request, from top to bottom. */
export function createWeb({ build, files, cachePages }: WebOptions): express.Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('trust proxy', [...env.trustedProxies])

  app.use(beginRequest)
  app.use(refuseUnless(build, readAddress, 'malformed'))
  app.use(healthRoutes())
  app.use(...files)
  app.use(refuseUnless(build, isAskedByName, 'foreign'))
  app.use(refuseUnless(build, isFromOurPages, 'foreign'))
  app.use(refuseUnless(build, isInOurTerms, 'malformed'))
  app.use(readBody)
  app.use((req, res, next) => {
    serve(build, cachePages, req, res).catch(next)
  })
  app.use(answerFailure(build))
  return app
}

const policy = (nonce: string | undefined, frames = false) =>
  contentSecurityPolicy({ nonce, frames, stripeApiBase: env.stripe?.apiBase })

async function serve(
  build: WebOptions['build'],
  cachePages: boolean,
  req: express.Request,
  res: express.Response,
): Promise<void> {
  const site = await build()
  const route = describeRoute(site, req.path)
  res.locals.route = route?.pattern
  if (route?.reading && (req.method === 'GET' || req.method === 'HEAD')) {
    if (route.address === req.path) await serveReadingPage(site, req, res, cachePages)
    else sendToAddress(req, res, route.address)
  } else await servePage(site, route, req, res)
}

const beginRequest: RequestHandler = (req, res, next) => {
  const from = performance.now()
  res.locals.requestId = randomId()
  res.setHeader('x-request-id', res.locals.requestId)
  for (const [name, value] of Object.entries(securityHeaders(env.mode))) res.setHeader(name, value)
  res.setHeader('content-security-policy', policy(undefined))
  res.on('close', () => {
    const ms = performance.now() - from
    // Never the address itself: it may hold a token, and what it asks for is the visitor's own business.
    const route = res.locals.route ?? 'none'
    const { statusCode: status } = res
    metrics.requests.observe({ route, method: req.method, status }, ms / 1000)
    log.info(
      { requestId: res.locals.requestId, method: req.method, route, status, ms: Math.round(ms) },
      'request',
    )
  })
  next()
}

/** Reads the body whole. What grows past the limit is not read to its end: the error cuts it off. */
const readBody: RequestHandler = (req, _res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD') return next()
  getRawBody(req, { length: req.headers['content-length'], limit: BODY_LIMIT }).then((body) => {
    req.body = body
    next()
  }, next)
}

/**
 * Reads the address once, for everybody: what is checked here must be what is served later. Dots are resolved, and two
 * slashes at the front name no host. Absolute addresses, which proxies may send, lose theirs: ours is always APP_URL.
 */
function readAddress(req: express.Request): boolean {
  const target = req.url.replace(/^https?:\/\/[^/?#]*(?=[/?#]|$)/i, '')
  if (!/^([/?]|$)/.test(target)) return false
  const { pathname, search } = new URL(env.appUrl + target)
  req.url = req.originalUrl = pathname + search
  try {
    decodeURIComponent(pathname)
    return true
  } catch {
    return false
  }
}

/**
 * A form of another site must not act in a visitor's name. Browsers send Origin with every POST; where an old one does
 * not, Sec-Fetch-Site says the same (OWASP, Cross-Site Request Forgery Prevention).
 */
function isFromOurPages(req: express.Request): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return true
  if ([...MACHINE_EDGES, ...PRIVATE_LINKS].some((edge) => edge.test(req.path))) return true
  const origin = req.get('origin')
  if (origin === undefined) return req.get('sec-fetch-site') === 'same-origin'
  // A sandbox is reached as localhost, 127.0.0.1 or [::1], whichever was typed.
  return origin === env.appUrl || (env.mode === 'sandbox' && isThisMachine(origin, req.get('host')))
}

/** Browsers send forms in two ways, and TRACE in none; anything else would be a fault of ours further on. */
function isInOurTerms(req: express.Request): boolean {
  if (req.method === 'TRACE') return false
  if (MACHINE_EDGES.some((edge) => edge.test(req.path))) return true
  const kind = req.get('content-type')
  return (
    kind === undefined || /^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i.test(kind)
  )
}

/**
 * A sandbox answers under the names of this machine alone. Any site may let a name of its own lead here (DNS rebinding):
 * its pages could then read the mailbox, and press what its links lead to.
 */
function isAskedByName(req: express.Request): boolean {
  return env.mode !== 'sandbox' || isThisMachine(`http://${req.get('host')}`, req.get('host'))
}

function isThisMachine(origin: string, host: string | undefined): boolean {
  return origin === `http://${host}` && URL.canParse(origin) && isLoopback(new URL(origin).hostname)
}

function refuseUnless(
  build: WebOptions['build'],
  holds: (req: express.Request) => boolean,
  refusal: Refusal,
): RequestHandler {
  return (req, res, next) => {
    if (holds(req)) next()
    else sendRefusal(build, refusal, res).catch(next)
  }
}

/** Renders a page that explains, in the site's own frame, why a request was not taken. */
async function sendRefusal(
  build: WebOptions['build'],
  refusal: Refusal,
  res: express.Response,
): Promise<void> {
  const handle = createRequestHandler(await build(), env.production ? 'production' : 'development')
  const request = new Request(new URL(`/refused/${refusal}`, env.appUrl))
  res.setHeader('cache-control', 'no-store')
  res.setHeader('connection', 'close')
  await sendWebResponse(res, await handle(request, contextOf(res, db, undefined)))
}

/** One page, one address: each other spelling would be one more page to render and to keep. */
function sendToAddress(req: express.Request, res: express.Response, address: string): void {
  const query = req.url.indexOf('?')
  res.setHeader('cache-control', 'no-store')
  res.setHeader('location', address + (query < 0 ? '' : req.url.slice(query)))
  res.status(308).end()
}

async function serveReadingPage(
  site: ServerBuild,
  req: express.Request,
  res: express.Response,
  cachePages: boolean,
): Promise<void> {
  const render = () => renderReadingPage(site, req.path, res)
  if (cachePages) {
    const answer = await pageCache.findOrRender(req.path, render)
    if (answer.outcome === 'stored') sendStored(req, res, answer.page)
    else sendRendered(res, answer.rendered)
  } else sendRendered(res, await render())
}

/** Only the path goes in: whatever a visitor's query, cookies or headers say, the page is the same for all. */
async function renderReadingPage(site: ServerBuild, path: string, res: express.Response): Promise<Rendered> {
  const handle = createRequestHandler(site, env.production ? 'production' : 'development')
  const request = new Request(env.appUrl + path)
  const response = await inSnapshot((reader) => handle(request, contextOf(res, reader, undefined)))
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    html: Buffer.from(await response.arrayBuffer()),
  }
}

function sendRendered(res: express.Response, { status, headers, html }: Rendered): void {
  res.status(status).set(headers).set('cache-control', 'no-store')
  res.setHeader('content-length', html.length)
  res.end(res.req.method === 'HEAD' ? undefined : html)
}

function sendStored(req: express.Request, res: express.Response, page: StoredPage): void {
  const encoding = chooseEncoding(req.get('accept-encoding'))
  const etag = page.etags[encoding]
  for (const [name, value] of Object.entries(page.headers)) res.setHeader(name, value)
  res.setHeader('etag', etag)
  res.setHeader('vary', 'accept-encoding')
  // Keep it, and ask each time whether it is still so: content that staff correct must not live on anywhere.
  res.setHeader('cache-control', 'public, no-cache')
  if (isUnchanged(req.get('if-none-match'), etag)) {
    res.status(304).end()
    return
  }
  if (encoding !== 'identity') res.setHeader('content-encoding', encoding)
  res.setHeader('content-length', page.bodies[encoding].length)
  res.end(req.method === 'HEAD' ? undefined : page.bodies[encoding])
}

async function servePage(
  site: ServerBuild,
  route: RouteFacts | undefined,
  req: express.Request,
  res: express.Response,
): Promise<void> {
  const nonce = route?.hydrates ? randomId() : undefined
  res.setHeader('content-security-policy', policy(nonce, route?.frames))
  // Whatever is not a reading page may be about one person.
  res.setHeader('cache-control', 'no-store')
  const handle = createRequestHandler(site, env.production ? 'production' : 'development')
  await sendWebResponse(res, await handle(toWebRequest(req, env.appUrl), contextOf(res, db, nonce)))
}

function contextOf(
  res: express.Response,
  reader: RequestContext['reader'],
  nonce: string | undefined,
): RequestContext {
  return { reader, nonce, network: networkOf(res.req.ip ?? ''), requestId: res.locals.requestId }
}

/** A body over the limit has its page, and so has a fault of ours; when even that fails, a page of plain text. */
function answerFailure(build: WebOptions['build']): ErrorRequestHandler {
  return (error: Error & { type?: string }, req, res, _next) => {
    if (error.type === 'entity.too.large') {
      // Whoever goes on sending after the answer is cut off; a browser has the page by then.
      res.on('finish', () => req.destroy())
      sendRefusal(build, 'too-large', res).catch(() => res.destroy())
      return
    }
    // A visitor who leaves while sending is no fault of anybody's.
    if (error.type === 'request.aborted') {
      res.destroy()
      return
    }
    log.error({ err: error, requestId: res.locals.requestId }, 'a request failed')
    if (res.headersSent) {
      res.destroy()
      return
    }
    sendRefusal(build, 'failed', res).catch(() => {
      if (res.headersSent) return res.destroy()
      const number = res.locals.requestId
      res
        .status(500)
        .type('text')
        .send(`Something went wrong. It is our fault, noted under ${number}. Please try again.\n`)
    })
  }
}
