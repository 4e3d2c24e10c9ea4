/** A page as it came, with what other pages need to know of it. */
export type CrawledPage = { path: string; status: number; html: string }

/**
 * Reads every page that can be reached from the front page by links of this site, as a visitor with time would, and
 * the style sheets they name. Returns them by path, in the order in which they were found.
 */
export async function crawl(read: (path: string) => Promise<Response>): Promise<Map<string, CrawledPage>> {
  const pages = new Map<string, CrawledPage>()
  const waiting = ['/']
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (pages.has(path)) continue
    const answer = await read(path)
    const html = await answer.text()
    pages.set(path, { path, status: answer.status, html })
    waiting.push(...linksIn(html).map(({ path: next }) => next || '/'))
  }
  return pages
}

/** The links of this site on a page: where each leads, and to which place there ("" for its beginning). */
export function linksIn(html: string): { path: string; fragment: string }[] {
  return [...html.matchAll(/\shref="([^"]*)"/g)]
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
    .filter((href) => href.startsWith('/'))
    .map((href) => new URL(href, 'http://here.example'))
    .map(({ pathname, hash }) => ({ path: pathname, fragment: hash.slice(1) }))
}

/** The places of a page that a link can lead to. */
export function anchorsIn(html: string): string[] {
  return [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id)
}

/** The fragments of links within the page itself: `href="#…"`. */
export function innerFragments(html: string): string[] {
  return [...html.matchAll(/\shref="#([^"]*)"/g)].map(([, fragment = '']) => fragment)
}

/** What a reader reads: the page without its marks, entities resolved, spaces made one. */
export function textOf(html: string): string {
  return html
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}
