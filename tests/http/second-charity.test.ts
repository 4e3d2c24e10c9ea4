import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#app/platform/db.server.ts'
import { charity } from '#prisma/seed/charity.ts'
import { partners } from '#prisma/seed/partners.ts'
import { report } from '#prisma/seed/report.ts'
import { samplePartners } from '#prisma/seed/samples.ts'
import { install } from '#prisma/seed/seed.ts'
import { crawl, textOf, type CrawledPage } from '../support/crawl.ts'
import { startHouse, type House } from '../support/house.ts'
import { secondCharity, wordsOfTheFirst } from '../support/second-charity.ts'

/** A process starts, beside many others. */
const startingTakes = 60_000

describe('another charity installs the same software with its own report', () => {
  let house: House
  let pages: Map<string, CrawledPage>

  beforeAll(async () => {
    await inTransaction((tx) => install(tx, secondCharity))
    house = await startHouse(process.env['DATABASE_URL'] ?? '')
    pages = await crawl(house.fetch)
    const missing = await house.fetch('/partners/nobody')
    pages.set('/partners/nobody', {
      path: '/partners/nobody',
      status: missing.status,
      html: await missing.text(),
    })
  }, startingTakes)
  afterAll(() => house.stop())

  test('and its visitors reach every kind of page', () => {
    expect([...pages.keys()]).toEqual(
      expect.arrayContaining([
        '/',
        '/report',
        '/report/findings/salt-in-the-wells',
        '/report/findings/a-broken-dam',
        '/partners',
        '/partners/diggers-of-riverton',
        '/privacy',
        '/accessibility',
        '/contact',
        '/theme.css',
      ]),
    )
  })

  test('and no page says a word of the first charity, its report or its partner', () => {
    for (const { path, html } of pages.values())
      expect(html.match(wordsOfTheFirst)?.[0], path).toBeUndefined()
  })

  test('and no page holds a sentence of the first one’s content', () => {
    const sentences = sentencesIn({ charity, report, partners, samplePartners })
    expect(sentences.length).toBeGreaterThan(50)
    for (const { path, html } of pages.values()) {
      const text = textOf(html)
      expect(
        sentences.filter((sentence) => text.includes(sentence)),
        path,
      ).toEqual([])
    }
  })

  test('and its own name, legal lines and colours are there instead', async () => {
    const front = textOf(pages.get('/')?.html ?? '')
    expect(front).toContain('The <Springs> and Wells Society')
    expect(front).toContain('Charity number 0 of Atlantis')
    expect(front).toContain('1 in 3')
    expect(pages.get('/theme.css')?.html).toContain('#0b5c4a')
    expect(textOf(pages.get('/contact')?.html ?? '')).toContain('office@wells.example')
  })
})

/** Every text of three words or more, wherever it lies in the content. */
function sentencesIn(content: unknown): string[] {
  if (typeof content === 'string') return content.split(/\s+/).length >= 3 ? [content] : []
  if (typeof content !== 'object' || content === null) return []
  return [...new Set(Object.values(content).flatMap(sentencesIn))]
}
