import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings } from '#prisma/seed/findings.ts'
import { report } from '#prisma/seed/report.ts'
import { anchorsIn, crawl, innerFragments, linksIn, textOf, type CrawledPage } from '../support/crawl.ts'
import { startFromSeed } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'

/** A process starts, beside many others. */
const startingTakes = 60_000

describe('a reader of the report', () => {
  let house: House
  let pages: Map<string, CrawledPage>

  beforeAll(async () => {
    await startFromSeed()
    house = await startHouse(process.env['DATABASE_URL'] ?? '')
    pages = await crawl(house.fetch)
  }, startingTakes)
  afterAll(() => house.stop())

  const html = (path: string) => pages.get(path)?.html ?? ''

  test('finds the charity’s caveat on every page that lists findings or shows one', () => {
    for (const path of ['/', '/report', ...findings.map(({ slug }) => `/report/findings/${slug}`)]) {
      expect(textOf(html(path)), path).toContain(report.caveat)
    }
  })

  test('finds six findings and the conclusion, each with a page of its own', () => {
    const linked = new Set(linksIn(html('/')).map(({ path }) => path))
    expect(findings.filter(({ kind }) => kind === 'finding')).toHaveLength(6)
    for (const { slug, title } of findings) {
      expect(linked).toContain(`/report/findings/${slug}`)
      expect(textOf(html(`/report/findings/${slug}`))).toContain(title)
    }
  })

  test('finds every claim under an anchor of its own, with who says it and a source', () => {
    const claims = [...report.context, ...findings.flatMap((finding) => finding.claims)]
    for (const claim of claims) {
      const item = html('/report').split(`<li id="${claim.anchor}">`)[1]?.split('</li>')[0] ?? ''
      const text = textOf(item)
      expect(text, claim.anchor).toContain(claim.statement)
      expect(text, claim.anchor).toContain(claim.attributedTo)
      expect(item, claim.anchor).toContain(`href="${claim.sources[0]?.url}"`)
    }
  })

  test('is warned before anything about torture unfolds, on every page that tells of it', () => {
    for (const path of ['/', '/report', '/report/findings/maltreatment-of-prisoners']) {
      const withoutFolded = html(path).replace(/<details.*?<\/details>/gs, '')
      expect(html(path), path).toContain('beheadings')
      expect(withoutFolded, path).not.toContain('beheadings')
      expect(withoutFolded, path).toContain('This finding speaks of torture and killing.')
    }
  })

  test('is told that a sandbox takes no money, and never that what people suffered is not real', () => {
    for (const [path, { html }] of pages) {
      if (!html.includes('Test site')) continue
      expect(textOf(html), path).toContain('No money moves here')
      expect(textOf(html), path).not.toMatch(/\b(nothing|not)\b[^.]{0,20}\breal\b(?! (organisation|work))/i)
    }
    expect(html('/')).toContain('Test site')
  })

  test('sees the one number of the findings, with what it counts', () => {
    for (const path of ['/', '/report', '/report/findings/humanitarian-aid']) {
      expect(textOf(html(path)), path).toContain(`100,000 ${findings[5]?.figure?.caption}`)
    }
  })

  test('learns what has changed since, on the report and beside each finding', () => {
    expect(report.changes).toHaveLength(5)
    for (const path of ['/report', '/report/findings/war-of-terror']) {
      for (const { statement, when } of report.changes) {
        expect(textOf(html(path)), path).toContain(statement)
        expect(textOf(html(path)), path).toContain(when)
      }
    }
  })

  test('walks from finding to finding and back', () => {
    expect(textOf(html('/report/findings/war-of-terror'))).toContain('Previous: Genocidal policies')
    expect(textOf(html('/report/findings/war-of-terror'))).toContain('Next: International impunity')
    expect(textOf(html('/report/findings/maltreatment-of-prisoners'))).not.toContain('Previous:')
    expect(textOf(html('/report/findings/self-determination'))).not.toContain('Next:')
  })

  test('never follows a link of the site to a page or a place that is not there', () => {
    for (const { path, html: page } of pages.values()) {
      for (const fragment of innerFragments(page)) expect(anchorsIn(page), path).toContain(fragment)
      for (const link of linksIn(page)) {
        expect(pages.get(link.path)?.status, `${path} links to ${link.path}`).toBe(200)
        if (link.fragment) expect(anchorsIn(html(link.path)), path).toContain(link.fragment)
      }
    }
  })

  test('finds no two places of one name on a page', () => {
    for (const { path, html: page } of pages.values()) {
      const anchors = anchorsIn(page)
      expect(new Set(anchors).size, path).toBe(anchors.length)
    }
  })

  test('is told plainly what is not known about the charity yet', () => {
    expect(textOf(html('/contact'))).toContain('Not entered here yet.')
  })

  test('sees at once that a sample is a sample', () => {
    expect(textOf(html('/partners/sample-nigeria'))).toContain('It is no real partner.')
  })

  test.each(['/report/findings/no-such-finding', '/partners/no-such-partner', '/report/findings/'])(
    'who mistypes an address (%s) gets a page that says so, with the site around it',
    async (path) => {
      const answer = await house.fetch(path)
      expect(answer.status).toBe(404)
      expect(textOf(await answer.text())).toContain('Registered charity')
    },
  )

  test('sees the same page whatever the address says after its question mark, and whatever cookies say', async () => {
    const plain = await (await house.fetch('/report')).text()
    const odd = await house.fetch('/report?utm_source=mail&draft=1', { headers: { cookie: 'staff=1' } })
    expect(await odd.text()).toBe(plain)
  })

  test('gets pages with a title, a description and one true address each', () => {
    for (const { path, html: page } of pages.values()) {
      if (!page.startsWith('<!DOCTYPE html>')) continue
      expect(page, path).toMatch(/<title>[^<]{4,}<\/title>/)
      expect(page, path).toMatch(/<meta name="description" content="[^"]{20,}"/)
      expect(page, path).toContain(`<link rel="canonical" href="${house.url}${path}"`)
    }
  })
})
