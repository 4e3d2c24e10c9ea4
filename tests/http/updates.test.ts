import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { prepareUpdate } from '#app/updates/prepare-update.server.ts'
import { startUpdate } from '#app/updates/send-update.server.ts'
import type { UpdateContent } from '#app/updates/update.ts'
import { startFromSeed } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'
import { confirmSubscribers, forgetUpdates } from '../support/subscribers.ts'
import { textOf } from '../support/crawl.ts'
import { elementsOf, readXml, textIn } from '../support/xml.ts'

const snow: UpdateContent = {
  slug: 'snow',
  subject: 'Snow & "what <it> brought" ]]> twice ]]>',
  preview: 'Roads, <roofs> & schools',
  markdown: 'Dear friends,\n\nread [the page](https://example.org/?a=1&b=2) ]]> and\n\n- this\n- that ]]>',
}

let house: House
beforeAll(async () => {
  await startFromSeed()
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
}, 60_000)
afterEach(forgetUpdates)
afterAll(() => house.stop())

/** Starts an update and prepares its mail, for a person whose address nobody else may see. */
async function publish(content: UpdateContent): Promise<string> {
  const started = await inTransaction((tx) => startUpdate(tx, content))
  if (started.outcome !== 'started') throw new Error(`It was not started: ${started.outcome}`)
  await prepareUpdate(started.id)
  return started.id
}

const get = async (path: string) => (await house.fetch(path)).text()

/** Asks until the answer holds: how soon is a matter of the benchmark. */
async function eventually(path: string, holds: (text: string) => boolean): Promise<string> {
  let text = ''
  await expect.poll(async () => holds((text = await get(path)))).toBe(true)
  return text
}

describe('the web version of an update', () => {
  test('says what the mail says, under its own address, with its date', async () => {
    await publish(snow)
    const page = await get('/updates/snow')
    expect(textOf(page)).toContain(snow.subject)
    expect(page).toContain('<a href="https://example.org/?a=1&amp;b=2">the page</a>')
    expect(page).toContain('<link rel="canonical" href="http://127.0.0.1')
    expect(page).toMatch(/<time dateTime="\d{4}-\d\d-\d\d">/i)
    expect(page).toMatch(/<link rel="alternate" type="application\/atom\+xml"[^>]* href="\/updates.atom"/)
  })

  test('is the same for everybody: nobody’s address and nobody’s links are on it, or in the feed', async () => {
    const [ani] = await confirmSubscribers(['ani.secret@example.org'])
    await publish(snow)
    for (const path of ['/updates/snow', '/updates.atom']) {
      const text = await eventually(path, (page) => page.includes('Dear friends'))
      expect(text).not.toContain('ani.secret')
      expect(text).not.toContain(ani?.addressHash)
      expect(text).not.toMatch(/\/(unsubscribe|me)\//)
    }
  })

  test('is kept, and asked for again costs nothing; it runs no script and sets no cookie', async () => {
    await publish(snow)
    const first = await house.fetch('/updates/snow')
    expect(first.headers.get('cache-control')).toBe('public, no-cache')
    expect(await first.text()).not.toContain('<script')
    expect(first.headers.has('set-cookie')).toBe(false)
    const again = await house.fetch('/updates/snow', {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    })
    expect(again.status).toBe(304)
  })

  test('of an update that was never sent is not there', async () => {
    expect((await house.fetch('/updates/never')).status).toBe(404)
  })
})

describe('the feed', () => {
  test('is Atom as RFC 4287 wants it, with every update whole, the newest first', async () => {
    const older = await publish(snow)
    await db.update.update({ where: { id: older }, data: { createdAt: new Date('2026-01-02T03:04:05Z') } })
    const newer = await publish({ ...snow, slug: 'thaw', subject: 'Thaw', markdown: 'It thaws.' })
    const xml = await eventually('/updates.atom', (text) => text.includes('Thaw'))

    const feed = readXml(xml)
    expect(feed).toMatchObject({ name: 'feed', attributes: { xmlns: 'http://www.w3.org/2005/Atom' } })
    // 4.1.1: exactly one id, title and updated; an author here or in every entry.
    for (const name of ['id', 'title', 'updated', 'author'])
      expect(elementsOf(feed, name), name).toHaveLength(1)
    expect(textIn(feed, 'id')).toBe(`${house.url}/updates.atom`)
    const self = elementsOf(feed, 'link').filter(({ attributes }) => attributes['rel'] === 'self')
    expect(self).toHaveLength(1)

    const entries = elementsOf(feed, 'entry')
    expect(entries.map((entry) => textIn(entry, 'id'))).toEqual([`urn:uuid:${newer}`, `urn:uuid:${older}`])
    for (const entry of entries) {
      // 4.1.2: exactly one id, title and updated; a link, or content; one summary at most.
      for (const name of ['id', 'title', 'updated', 'content', 'summary']) {
        expect(elementsOf(entry, name), name).toHaveLength(1)
      }
      expect(textIn(entry, 'updated')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    }
    expect(textIn(entries[1], 'updated')).toBe('2026-01-02T03:04:05.000Z')
    for (const link of [feed, ...entries].flatMap((one) => elementsOf(one, 'link'))) {
      expect(URL.canParse(link.attributes['href'] ?? '')).toBe(true)
    }
    expect(textIn(feed, 'updated')).toBe(textIn(entries[0], 'updated'))
    // Titles are HTML, they say: what they hold is escaped once for that.
    expect(elementsOf(entries[1], 'title')[0]?.attributes['type']).toBe('html')
    expect(textIn(entries[1], 'title')).toBe('Snow &amp; "what &lt;it&gt; brought" ]]&gt; twice ]]&gt;')
    expect(textIn(entries[1], 'content')).toContain('<a href="https://example.org/?a=1&amp;b=2">the page</a>')
    expect(textIn(entries[1], 'content')).toContain('that ]]&gt;')
  })

  test('says what it is, is kept, and is the same until there is news', async () => {
    await publish(snow)
    const first = await house.fetch('/updates.atom')
    expect(first.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    expect(first.headers.get('cache-control')).toBe('public, no-cache')
    const etag = first.headers.get('etag') ?? ''
    const again = await house.fetch('/updates.atom', { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    await publish({ ...snow, slug: 'thaw', subject: 'Thaw' })
    await eventually('/updates.atom', (text) => text.includes('Thaw'))
    expect((await house.fetch('/updates.atom')).headers.get('etag')).not.toBe(etag)
  })

  test('is there before the first update, so that nobody who follows early is turned away', async () => {
    const feed = readXml(await eventually('/updates.atom', (text) => !text.includes('Snow')))
    expect(elementsOf(feed, 'entry')).toEqual([])
    for (const name of ['id', 'title', 'updated']) expect(elementsOf(feed, name)).toHaveLength(1)
    const charity = await db.charity.findUniqueOrThrow({ where: { id: 1 } })
    expect(textIn(feed, 'updated')).toBe(charity.updatedAt.toISOString())
  })
})
