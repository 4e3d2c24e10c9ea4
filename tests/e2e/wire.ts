import type { Page } from '@playwright/test'

export type Wire = {
  /** Bytes received: headers and bodies as they travelled. `type` is Chromium's: Document, Stylesheet, Script… */
  bytes: (type?: string) => number
  requests: () => number
  /** Where the page asked for anything, each once. */
  origins: () => string[]
}

/** Counts what a page's visit costs, from now on, as Chromium measures it. */
export async function watchWire(page: Page): Promise<Wire> {
  const session = await page.context().newCDPSession(page)
  const requests = new Map<string, { type: string; origin: string; bytes: number }>()
  session.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
    const { protocol, origin } = new URL(request.url)
    if (protocol === 'data:') return
    requests.set(requestId, { type: type ?? 'Other', origin, bytes: 0 })
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId)
    if (request) request.bytes = encodedDataLength
  })
  await session.send('Network.enable')

  const all = () => [...requests.values()]
  return {
    bytes: (type) =>
      all()
        .filter((request) => type === undefined || request.type === type)
        .reduce((sum, { bytes }) => sum + bytes, 0),
    requests: () => requests.size,
    origins: () => [...new Set(all().map(({ origin }) => origin))],
  }
}
