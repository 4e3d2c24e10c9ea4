import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import express, { type RequestHandler } from 'express'
import { chooseEncoding, isUnchanged, type Encoding } from './page-cache.server.ts'

type KeptFile = {
  name: string
  bodies: { identity: Buffer } & Partial<Record<Encoding, Buffer>>
  etag: string
}

/** Names under /assets are made from their content: what is behind one never changes. */
const NAMED_BY_CONTENT = /^\/assets\//

/** The copies that the build leaves beside each file that is text, compressed. */
const COPIES = { br: '.br', gzip: '.gz' } as const

/**
 * Serves the files of a built site as they were when the process started. They are kept in memory: a new build takes
 * the place of the old one on the disk while this process still sends pages that ask for the old files.
 */
export function keptFiles(folder: string): RequestHandler {
  const files = readFiles(folder)
  const router = express.Router()
  router.use((req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next()
    const file = files.get(decodeURIComponent(req.path))
    if (file) return send(req, res, file)
    // Files that are not there are not there: no page is rendered for them.
    if (NAMED_BY_CONTENT.test(req.path)) {
      res.setHeader('cache-control', 'no-store')
      res.status(404).type('text').send('There is no such file.\n')
      return
    }
    next()
  })
  return router
}

/** By the path under which each is asked for. What begins with a dot is no business of visitors. */
function readFiles(folder: string): Map<string, KeptFile> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((name) => !/(^|\/)\./.test(name))
  const there = new Set(names)
  const isCopy = (name: string) =>
    Object.values(COPIES).some((end) => name.endsWith(end) && there.has(name.slice(0, -end.length)))
  return new Map(
    names
      .filter((name) => !isCopy(name))
      .map((name) => {
        const identity = readFileSync(path.join(folder, name))
        const bodies: KeptFile['bodies'] = { identity }
        for (const [encoding, end] of Object.entries(COPIES) as [keyof typeof COPIES, string][])
          if (there.has(name + end)) bodies[encoding] = readFileSync(path.join(folder, name + end))
        const etag = createHash('sha256').update(identity).digest('base64url').slice(0, 22)
        return [`/${name}`, { name, bodies, etag }]
      }),
  )
}

function send(req: express.Request, res: express.Response, { name, bodies, etag }: KeptFile): void {
  const wanted = chooseEncoding(req.get('accept-encoding'))
  const encoding = bodies[wanted] ? wanted : 'identity'
  const body = bodies[encoding] ?? bodies.identity
  const tag = `"${etag}${encoding === 'identity' ? '' : `-${encoding}`}"`
  res.setHeader('vary', 'accept-encoding')
  res.setHeader('etag', tag)
  res.setHeader(
    'cache-control',
    NAMED_BY_CONTENT.test(`/${name}`) ? 'public,max-age=31536000,immutable' : 'public,max-age=3600',
  )
  res.type(path.extname(name))
  if (isUnchanged(req.get('if-none-match'), tag)) {
    res.status(304).end()
    return
  }
  if (encoding !== 'identity') res.setHeader('content-encoding', encoding)
  res.setHeader('content-length', body.length)
  res.end(req.method === 'HEAD' ? undefined : body)
}
