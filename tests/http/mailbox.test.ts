import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { textOf } from '../support/crawl.ts'
import { startFromSeed } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'

let post: PostOffice
let house: House
beforeAll(async () => {
  await startFromSeed()
  post = await openPostOffice()
  house = await startHouse(process.env['DATABASE_URL'] ?? '', post.settings)
})
afterAll(async () => {
  await house.stop()
  await post.close()
})
beforeEach(async () => {
  await post.control('POST', 'reset')
  await post.control('PUT', 'settings', { perSecond: 1000 })
})

/** Sends a mail past the product, and returns the path of its page. */
async function send(changes: Record<string, unknown> = {}): Promise<string> {
  const answer = await fetch(`${post.url}/emails`, {
    method: 'POST',
    headers: { authorization: 'Bearer re_sandbox' },
    body: JSON.stringify({
      from: 'The charity <news@charity.example>',
      to: ['nare@example.org'],
      subject: 'A letter',
      html: '<p>Good morning. <a href="https://charity.example/stop?a=1&amp;b=2">Stop</a></p>',
      text: 'Good morning.\nStop: https://charity.example/stop?a=1&b=2',
      ...changes,
    }),
  })
  const { id } = (await answer.json()) as { id: string }
  return `/sandbox/mail/${id}`
}

/** Asks for a page under a name that leads here; `fetch` lets nobody choose it. */
async function askAs(host: string, path: string): Promise<{ status: number | undefined; text: string }> {
  const { hostname, port } = new URL(house.url)
  const asked = request({ hostname, port, path, headers: { host } }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  return { status: answer.statusCode, text: (await answer.setEncoding('utf8').toArray()).join('') }
}

async function read(path: string): Promise<string> {
  const answer = await house.fetch(path)
  expect(answer.status).toBe(200)
  return answer.text()
}

function policyOf(answer: Response): Map<string, string> {
  const header = answer.headers.get('content-security-policy') ?? ''
  return new Map(
    header.split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ')
      return [name, values.join(' ')]
    }),
  )
}

describe('the mailbox', () => {
  test('is led to from every page, and says when it is empty how to get mail', async () => {
    expect(await read('/privacy')).toContain('<a href="/sandbox/mail">')
    const empty = await read('/sandbox/mail')
    expect(textOf(empty)).toContain('No mail yet. Ask for updates with any address')
    expect(empty).toContain('<a href="/updates">Ask for updates</a>')
    const newest = await house.fetch('/sandbox/mail/newest')
    expect([newest.status, newest.headers.get('location')]).toEqual([302, '/sandbox/mail'])
  })

  test('lists mail newest first, with receiver and state, and finds a person’s', async () => {
    const first = await send({ subject: 'The first' })
    const second = await send({ subject: 'The second', to: ['tigran@example.org'] })
    const delivered = async () => textOf(await read('/sandbox/mail')).match(/delivered/g)
    await expect.poll(delivered).toHaveLength(2)
    const list = await read('/sandbox/mail')
    expect([...list.matchAll(/href="(\/sandbox\/mail\/[^"]+)"/g)].map(([, href]) => href)).toEqual([
      second,
      first,
    ])
    expect(textOf(list)).toMatch(
      /The second To tigran@example.org delivered.*The first To nare@example.org delivered/,
    )
    const his = textOf(await read('/sandbox/mail?to=Tigran'))
    expect(his).toContain('The second')
    expect(his).not.toContain('The first')
    expect(textOf(await read('/sandbox/mail?to=anna'))).toContain('There is no mail to “anna”.')
    expect((await house.fetch('/sandbox/mail/newest')).headers.get('location')).toBe(second)
  })

  test('shows fifty mails a page, and the way to older ones', async () => {
    for (let number = 1; number <= 51; number++) await send({ subject: `Mail ${number}.` })
    const first = await read('/sandbox/mail')
    expect(textOf(first)).toContain('Page 1 of 2')
    expect(first).toContain('href="/sandbox/mail?page=2"')
    expect(textOf(first)).not.toContain('Mail 1.')
    expect(textOf(await read('/sandbox/mail?page=2'))).toContain('Mail 1.')
    expect(textOf(await read('/sandbox/mail?page=nonsense'))).toContain('Page 1 of 2')
  })

  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '192.0.2.7', 'localhost:x'])(
    'is not read by a page of a site that lets its name %s lead here, however it spells the address',
    async (name) => {
      await send({ subject: 'Not for strangers' })
      for (const path of ['/sandbox/mail', '/SANDBOX/mail', '/%73andbox/mail', '//sandbox/mail']) {
        const { status, text } = await askAs(name, path)
        expect([status, text.includes('Not for strangers')]).toEqual([403, false])
      }
    },
  )

  test('needs no script', async () => {
    const page = await send()
    for (const path of ['/sandbox/mail', page]) expect(await read(path)).not.toContain('<script')
  })
})

describe('a mail', () => {
  test('is shown from all sides', async () => {
    const page = await send({
      reply_to: ['office@charity.example'],
      headers: { 'List-Unsubscribe': '<https://charity.example/unsubscribe/t>' },
      tags: [{ name: 'kind', value: 'tests_letter' }],
    })
    const html = await read(page)
    const text = textOf(html)
    for (const words of [
      'From The charity &lt;news@charity.example&gt;',
      'To nare@example.org',
      'Replies go to office@charity.example',
      'List-Unsubscribe &lt;https://charity.example/unsubscribe/t&gt;',
      'kind tests_letter',
      'Good morning. Stop: https://charity.example/stop?a=1&b=2',
    ])
      expect(text).toContain(words.replaceAll('&lt;', '<').replaceAll('&gt;', '>'))
    for (const link of ['https://charity.example/stop?a=1&amp;b=2', 'https://charity.example/unsubscribe/t'])
      expect(html).toContain(`<a href="${link}">`)
    expect(html).toMatch(
      new RegExp(`<iframe [^>]*src="${page}/html"[^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"`),
    )
  })

  test('whose words are meant to break out stays where it is', async () => {
    const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
    const page = await send({
      subject: `Subject ${attack}`,
      text: `Text ${attack}`,
      html: `<a href="javascript:alert(1)">${attack}</a>`,
      headers: { 'X-Attack': attack },
      tags: [{ name: 'kind', value: 'attack' }],
    })
    for (const path of ['/sandbox/mail', page]) {
      const html = await read(path)
      expect(html).not.toMatch(/<script|<img|href="javascript:/)
      expect(html).toContain('&lt;script&gt;')
    }
  })

  test('is framed by us alone: its page may have a frame, no other page may', async () => {
    const page = await send()
    expect(policyOf(await house.fetch(page)).get('frame-src')).toBe(`'self'`)
    expect(policyOf(await house.fetch('/sandbox/mail')).get('frame-src')).toBeUndefined()
    expect(policyOf(await house.fetch('/privacy')).get('frame-src')).toBeUndefined()
    const own = await house.fetch(page)
    expect(policyOf(own).get('frame-ancestors')).toBe(`'none'`)
    expect(own).toHaveHeader('x-frame-options', 'DENY')

    const framed = await house.fetch(`${page}/html`)
    expect(framed).toHaveHeader('x-frame-options', 'SAMEORIGIN')
    expect(policyOf(framed).get('frame-ancestors')).toBe(`'self'`)
  })

  test('in its frame runs nothing, sends nothing and fetches nothing from elsewhere', async () => {
    const answer = await house.fetch(`${await send({ html: '<head></head><p>Good morning</p>' })}/html`)
    expect(answer).toHaveHeader('content-type', /^text\/html/)
    expect(answer).toHaveHeader('x-content-type-options', 'nosniff')
    expect(answer).toHaveHeader('referrer-policy', 'no-referrer')
    expect(Object.fromEntries(policyOf(answer))).toEqual({
      'default-src': `'none'`,
      'style-src': `'unsafe-inline'`,
      'img-src': `'self' data:`,
      'form-action': `'none'`,
      'base-uri': `'none'`,
      'frame-ancestors': `'self'`,
      sandbox: 'allow-popups allow-popups-to-escape-sandbox',
    })
    expect(await answer.text()).toBe('<head><base target="_blank"></head><p>Good morning</p>')
  })

  test('hands out its attachments to be kept, whatever they are called', async () => {
    const page = await send({
      attachments: [
        {
          filename: 'Übersicht (1)\'s "a".html',
          content_type: 'text/html',
          content: Buffer.from('<b>').toString('base64'),
        },
        { content_type: 'text/html\u0020; x', content: Buffer.from('two').toString('base64') },
      ],
    })
    expect(await read(page)).toContain(`<a href="${page}/attachments/1">`)
    const first = await house.fetch(`${page}/attachments/1`)
    expect(await first.text()).toBe('<b>')
    expect(first).toHaveHeader(
      'content-disposition',
      `attachment; filename*=UTF-8''%C3%9Cbersicht%20%281%29%27s%20%22a%22.html`,
    )
    expect(policyOf(first).get('default-src')).toBe(`'none'`)
    expect(first).toHaveHeader('x-frame-options', 'DENY')
    const second = await house.fetch(`${page}/attachments/2`)
    expect(second).toHaveHeader('content-type', 'application/octet-stream')
    expect((await house.fetch(`${page}/attachments/3`)).status).toBe(404)
  })

  test.each([
    ['email.bounced', 'bounced'],
    ['email.complained', 'complained'],
    ['email.delivery_delayed', 'delivery delayed'],
    ['email.delivered', 'delivered'],
  ])('is made to fare as somebody wants to see it: %s', async (type, said) => {
    const page = await send()
    await expect.poll(async () => textOf(await read(page))).toContain('The provider says delivered')
    const answer = await house.fetch(page, {
      method: 'POST',
      headers: { origin: house.url },
      body: new URLSearchParams({ type }),
    })
    expect(answer.status).toBe(303)
    const after = textOf(await read(answer.headers.get('location') ?? ''))
    expect(after).toContain(`The provider says ${said}`)
    expect(after).toContain('The site hears of it')
  })

  test('is not made to fare in ways that nobody knows', async () => {
    const page = await send()
    const form = {
      method: 'POST',
      headers: { origin: house.url },
      body: new URLSearchParams({ type: 'email.eaten' }),
    }
    expect((await house.fetch(page, form)).status).toBe(400)
    const known = { ...form, body: new URLSearchParams({ type: 'email.bounced' }) }
    expect((await house.fetch('/sandbox/mail/nobody-sent-this', known)).status).toBe(404)
    expect((await house.fetch(`${page}?happened=email.eaten`)).status).toBe(200)
  })

  test('that nobody sent is not found', async () => {
    for (const path of ['', '/html', '/attachments/1'])
      expect((await house.fetch(`/sandbox/mail/6f2ff3a5-0000-4000-8000-000000000000${path}`)).status).toBe(
        404,
      )
    expect((await house.fetch('/sandbox/mail/..%2f..%2fclock')).status).toBe(404)
  })

  test('without HTML has no frame', async () => {
    const page = await send({ html: undefined })
    expect(await read(page)).not.toContain('<iframe')
    expect((await house.fetch(`${page}/html`)).status).toBe(404)
  })
})

describe('while the stand-in is away', () => {
  let alone: House
  beforeAll(async () => {
    alone = await startHouse(process.env['DATABASE_URL'] ?? '', {
      ...post.settings,
      SANDBOX_MAIL_URL: 'http://127.0.0.1:9',
    })
  })
  afterAll(() => alone.stop())

  test.each(['/sandbox/mail', '/sandbox/mail/1'])('%s says so, and the site goes on', async (path) => {
    const answer = await alone.fetch(path)
    expect(answer.status).toBe(503)
    expect(textOf(await answer.text())).toContain('The mailbox does not answer')
    expect((await alone.fetch(`${path}/html`)).status).toBeGreaterThanOrEqual(404)
    expect((await alone.fetch('/')).status).toBe(200)
    expect(alone.log().filter(({ level }) => Number(level) >= 50)).toEqual([])
  })

  test('a house without one promises none', async () => {
    const without = await startHouse(process.env['DATABASE_URL'] ?? '')
    expect(await (await without.fetch('/privacy')).text()).not.toContain('/sandbox/mail')
    expect((await without.fetch('/sandbox/mail')).status).toBe(503)
    await without.stop()
  })
})
