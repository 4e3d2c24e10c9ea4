import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import pg from 'pg'
import type { Tx } from './db.server.ts'
import { env } from './env.server.ts'
import { log } from './log.server.ts'
import { remember } from './remember.server.ts'

/** The channel on which every process hears that content has changed. */
const CHANNEL = 'content_changed'

/** More addresses than any site has pages; beyond it the oldest copy goes, so that odd spellings cannot fill memory. */
const MOST_PAGES = 2_000

/** A connection that broke without a word is noticed within this time; until then old pages might be served. */
const CHECK_EVERY_MS = 5_000

export type Encoding = 'br' | 'gzip' | 'identity'

/** A page as it goes over the wire, in each encoding, with a strong validator for each (RFC 9110, 8.8.3). */
export type StoredPage = {
  headers: Record<string, string>
  bodies: Record<Encoding, Buffer>
  etags: Record<Encoding, string>
}

/** What the renderer gives, whole. Only a page of status 200 is kept. */
export type Rendered = { status: number; headers: Record<string, string>; html: Buffer }

export type CacheAnswer = { outcome: 'stored'; page: StoredPage } | { outcome: 'passing'; rendered: Rendered }

/**
 * Says that content has changed, in the transaction that changes it: when that commits, and only then, every process
 * empties its cache of reading pages (PostgreSQL delivers a NOTIFY at commit).
 */
export async function contentChanged(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_notify(${CHANNEL}, '')`
}

/**
 * Reading pages, each rendered once and kept compressed until content changes in any process.
 * While nobody listens for changes (the database is away) nothing is kept: stale findings are worse than slow ones.
 */
export class PageCache {
  readonly #pages = new Map<string, StoredPage>()
  readonly #rendering = new Map<string, Promise<CacheAnswer>>()
  readonly #checkEveryMs: number
  #generation = 0
  #listening = false

  constructor(checkEveryMs = CHECK_EVERY_MS) {
    this.#checkEveryMs = checkEveryMs
  }

  /**
   * The kept copy, or a new one: many visitors who ask at once wait for one rendering. An error page or a redirect is
   * passed on and not kept.
   */
  async findOrRender(path: string, render: () => Promise<Rendered>): Promise<CacheAnswer> {
    const kept = this.#pages.get(path)
    if (kept) return { outcome: 'stored', page: kept }
    const turn = `${this.#generation} ${path}`
    let rendering = this.#rendering.get(turn)
    if (!rendering) {
      rendering = this.#render(path, render).finally(() => this.#rendering.delete(turn))
      this.#rendering.set(turn, rendering)
    }
    return rendering
  }

  async #render(path: string, render: () => Promise<Rendered>): Promise<CacheAnswer> {
    const generation = this.#generation
    const rendered = await render()
    if (rendered.status !== 200) return { outcome: 'passing', rendered }
    const page = await store(rendered)
    // Content that changed while we read it may be missing on the page: those who asked before the change get it,
    // nobody after them.
    if (this.#listening && generation === this.#generation) {
      if (this.#pages.size >= MOST_PAGES) this.#pages.delete(this.#pages.keys().next().value ?? '')
      this.#pages.set(path, page)
    }
    return { outcome: 'stored', page }
  }

  /** Forgets every copy; renderings under way are not kept either. */
  purge(): void {
    this.#generation += 1
    this.#pages.clear()
  }

  /** Listens for changes of content until `stop` is called, reconnecting when the database comes back. */
  async listen(databaseUrl: string): Promise<{ stop: () => Promise<void> }> {
    let client: pg.Client | undefined
    let stopped = false
    const lost = () => {
      if (!stopped) this.#lost()
    }
    const connect = async () => {
      const fresh = new pg.Client({
        connectionString: databaseUrl,
        keepAlive: true,
        connectionTimeoutMillis: this.#checkEveryMs,
      })
      // What becomes of a line that was given up is no news.
      fresh.on('error', () => fresh === client && lost())
      fresh.on('end', () => fresh === client && lost())
      fresh.on('notification', () => this.purge())
      try {
        await fresh.connect()
        await this.#answersSoon(fresh.query(`listen ${CHANNEL}`))
      } catch (error) {
        void fresh.end().catch(() => undefined)
        throw error
      }
      client = fresh
      // Changes may have gone by while nobody listened.
      this.purge()
      this.#listening = true
    }
    let checking = false
    const check = async () => {
      // A database that takes connections and says nothing must not be called again before it has answered.
      if (stopped || checking) return
      checking = true
      try {
        if (this.#listening && client) await this.#answersSoon(client.query('select 1'))
        else {
          // Said goodbye to, a connection that leads nowhere would keep us waiting.
          client?.connection.stream.destroy()
          await connect()
        }
      } catch {
        lost()
      } finally {
        checking = false
      }
    }
    await connect()
    const timer = setInterval(() => void check(), this.#checkEveryMs)
    timer.unref()
    return {
      stop: async () => {
        stopped = true
        clearInterval(timer)
        await client?.end()
      },
    }
  }

  #answersSoon(query: Promise<unknown>): Promise<unknown> {
    return Promise.race([
      query,
      new Promise((_, refuse) =>
        setTimeout(() => refuse(new Error('no answer')), this.#checkEveryMs).unref(),
      ),
    ])
  }

  #lost(): void {
    if (this.#listening)
      log.warn('lost the line on which changes of content are heard: no page is kept until it is back')
    this.#listening = false
    this.purge()
  }
}

export const pageCache = remember('page-cache', () => new PageCache())

/** The copies of this process hear of changes everywhere. */
export function listenForContentChanges(): Promise<{ stop: () => Promise<void> }> {
  return pageCache.listen(env.databaseUrl)
}

/** The encoding to answer in, by a request's Accept-Encoding (RFC 9110, 12.5.3). */
export function chooseEncoding(accepts: string | undefined): Encoding {
  const offered = new Set(
    (accepts ?? '')
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
      .map((part) => part.replace(/\s*;.*$/, '')),
  )
  if (offered.has('br')) return 'br'
  if (offered.has('gzip')) return 'gzip'
  return 'identity'
}

/** True when the client already holds this copy (If-None-Match: RFC 9110, 13.1.2). */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false
  const held = ifNoneMatch.split(',').map((part) => part.trim().replace(/^W\//, ''))
  return held.includes('*') || held.includes(etag)
}

async function store({ html, headers }: Rendered): Promise<StoredPage> {
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(html, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: html.length,
      },
    }),
    promisify(gzip)(html, { level: 9 }),
  ])
  const hash = createHash('sha256')
    .update(html)
    .update(JSON.stringify(headers))
    .digest('base64url')
    .slice(0, 22)
  return {
    headers,
    bodies: { br, gzip: gz, identity: html },
    etags: { br: `"${hash}-br"`, gzip: `"${hash}-gz"`, identity: `"${hash}"` },
  }
}
