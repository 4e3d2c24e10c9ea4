import { createServer } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { showNewsFigures } from './donations/figures.server.ts'
import { db, pool } from './platform/db.server.ts'
import { env } from './platform/env.server.ts'
import { keptFiles } from './platform/kept-files.server.ts'
import { closable, endWith } from './platform/lifecycle.server.ts'
import { log } from './platform/log.server.ts'
import { listenForContentChanges } from './platform/page-cache.server.ts'
import { createWeb, type WebOptions } from './platform/web.server.ts'

// The web process: the built site (or Vite's, in development) behind one HTTP server.

const development = !env.production
const options = development ? await developmentSite() : await builtSite()
showNewsFigures()
const listening = await listenForContentChanges()
const server = createServer(createWeb(options))
const close = closable(server)
server.headersTimeout = 10_000
server.requestTimeout = 30_000

server.listen(env.port, env.host, () => {
  log.info({ mode: env.mode, port: env.port }, 'the site is ready')
  process.send?.({ ready: true })
})
server.on('error', (error: NodeJS.ErrnoException) => {
  log.fatal(
    { err: error },
    error.code === 'EADDRINUSE' ? `port ${env.port} is taken: set PORT to a free one` : 'cannot serve',
  )
  process.exit(1)
})

endWith(async () => {
  await close()
  await listening.stop()
  await db.$disconnect()
  await pool.end()
})

async function builtSite(): Promise<WebOptions> {
  const root = process.cwd()
  const build = (await import(pathToFileURL(join(root, 'build/server/index.js')).href)) as ServerBuild
  return {
    build: () => Promise.resolve(build),
    files: [keptFiles(join(root, 'build/client'))],
    cachePages: true,
  }
}

async function developmentSite(): Promise<WebOptions> {
  const { createServer: createVite } = await import('vite')
  const vite = await createVite({ server: { middlewareMode: true } })
  return {
    build: () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>,
    files: [vite.middlewares],
    cachePages: false,
  }
}
