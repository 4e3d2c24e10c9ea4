import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startFromSeed } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'

let house: House
beforeAll(async () => {
  await startFromSeed()
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
})
afterAll(() => house.stop())

const pages = ['/', '/report', '/donate', '/partners', '/privacy', '/accessibility', '/contact']

describe.each(pages)('a reader of %s', (page) => {
  test('gets no script, no cookie and no style beside the sheet', async () => {
    const answer = await house.fetch(page)
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(answer.headers.has('set-cookie')).toBe(false)
    expect(html).not.toMatch(/<script|modulepreload|\sstyle="|\son\w+="/)
  })

  test('is sent to no other site by the page itself', async () => {
    const html = await (await house.fetch(page)).text()
    const fetched = [...html.matchAll(/<(?:link|img|source|iframe)[^>]*?(?:href|src|srcset)="([^"]+)"/g)]
    const canonical = (tag: string) => tag.includes('rel="canonical"')
    for (const [tag, address] of fetched) if (!canonical(tag)) expect(address).toMatch(/^\//)
  })

  test('gets the same bytes whatever cookie, query or language comes along', async () => {
    const plain = await house.fetch(page)
    const odd = await house.fetch(`${page}?from=newsletter`, {
      headers: { cookie: 'session=1', 'accept-language': 'hy', 'user-agent': 'somebody else' },
    })
    expect(await odd.text()).toBe(await plain.text())
    expect(odd.headers.get('etag')).toBe(plain.headers.get('etag'))
  })
})
