import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { suppress } from '#app/mail/suppressions.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'
import { textOf } from '../support/crawl.ts'
import { startFromSeed } from '../support/database.ts'
import { sendForm } from '../support/forms.ts'
import { startWorker, type House, type Running } from '../support/house.ts'
import { linkIn, mailTo } from '../support/mailbox.ts'
import type { PostOffice } from '../support/post-office.ts'
import { openWholeHouse, type WholeHouse } from '../support/whole-house.ts'

let all: WholeHouse
let post: PostOffice
let house: House
let worker: Running
beforeAll(async () => {
  await startFromSeed()
  all = await openWholeHouse()
  ;({ post, house, worker } = all)
})
afterAll(() => all.close())
// What one network may ask is counted over all tests of this file.
beforeEach(() => db.rateLimit.deleteMany())

const ask = (address: string) => sendForm(house, '/updates', { address })
const press = (path: string, fields: Record<string, string> = {}) => sendForm(house, path, fields)

/** Gets somebody all the way in; gives the links that they then have. */
async function subscribe(address: string) {
  await ask(address)
  const confirm = linkIn((await mailTo(post, address))[0], '/updates/confirm/')
  expect((await press(confirm)).status).toBe(200)
  await ask(address)
  const already = (await mailTo(post, address, 2))[1]
  return { confirm, me: linkIn(already, '/me/'), unsubscribe: linkIn(already, '/unsubscribe/') }
}

const stateOf = async (address: string) =>
  (await db.subscription.findFirst({ where: { supporter: { addressHash: addressHash(address) } } }))?.state

/** All of an answer that somebody can see, without what is different each time by itself. */
async function seen(answer: Response) {
  const headers = Object.fromEntries(answer.headers)
  for (const each of ['date', 'x-request-id']) delete headers[each]
  return { status: answer.status, headers, body: await answer.text() }
}

describe('the same is said', () => {
  test('to an address that is new, asked, confirmed, gone, bounced or reported, on both forms', async () => {
    await subscribe('confirmed@example.org')
    const left = await subscribe('left@example.org')
    await press(left.unsubscribe)
    await ask('asked@example.org')
    await mailTo(post, 'asked@example.org')
    await inTransaction(async (tx) => {
      await suppress(tx, addressHash('bounced@example.org'), 'all', 'bounced')
      await suppress(tx, addressHash('complained@example.org'), 'all', 'complained')
    })
    for (const [path, check] of [
      ['/updates', '/updates/check'],
      ['/me', '/me/check'],
    ] as const) {
      const answers = []
      for (const who of ['new', 'asked', 'confirmed', 'left', 'bounced', 'complained']) {
        answers.push(await seen(await sendForm(house, path, { address: `${who}@example.org` })))
      }
      expect(answers[0]).toMatchObject({ status: 303, headers: { location: check }, body: '' })
      for (const answer of answers) expect(answer).toEqual(answers[0])
    }
  })

  test('to an address that is mailed no more today', async () => {
    const answers = []
    for (let nth = 0; nth < 5; nth += 1) answers.push(await seen(await ask('often@example.org')))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    await expect
      .poll(() => db.consent.count({ where: { supporter: { address: 'often@example.org' } } }))
      .toBe(1)
    expect(await mailTo(post, 'often@example.org', 3)).toHaveLength(3)
  })

  test('and the same is done while they wait: nothing looks at who they are', async () => {
    await subscribe('known@example.org')
    await worker.stop()
    const before = await db.message.count()
    for (const who of ['known', 'unknown']) await ask(`${who}@example.org`)
    const jobs = await db.$queryRaw<{ name: string; count: number }[]>`
      select t.identifier as name, count(*)::int as count from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier like 'updates.%' group by 1`
    expect(jobs).toEqual([{ name: 'updates.answer-request', count: 2 }])
    expect(await db.message.count()).toBe(before)
    worker = await startWorker(process.env['DATABASE_URL'] ?? '', { ...post.settings, APP_URL: house.url })
  })
})

describe('a form that is not right', () => {
  test.each([
    ['', 'Enter your email address.'],
    ['ani', 'Enter an email address in the correct format, like name@example.com.'],
    ['Ani <ani@example.org>', 'Enter an email address in the correct format, like name@example.com.'],
    ['ani@example.org\r\nBcc: bea@example.org', 'Enter an email address in the correct format'],
    [`${'a'.repeat(250)}@example.org`, 'The email address must be 254 characters or fewer.'],
  ])('with %j says so, in the title too, keeps what was typed, and stores nothing', async (typed, error) => {
    const before = await db.supporter.count()
    for (const path of ['/updates', '/me']) {
      const answer = await sendForm(house, path, { address: typed })
      const html = await answer.text()
      expect(answer.status).toBe(400)
      expect(answer).toHaveHeader('cache-control', 'no-store')
      expect(textOf(html)).toContain(error)
      expect(html).toMatch(/<title>Error: /)
      expect(html).toContain('href="#address"')
      const kept = /<input[^>]*name="address"[^>]*>/.exec(html)?.[0] ?? ''
      expect(textOf(`${/\svalue="([^"]*)"/.exec(kept)?.[1]}`)).toBe(typed.replace(/\s+/g, ' '))
    }
    expect(await db.supporter.count()).toBe(before)
  })

  test('with what only a program fills in is refused, and can be sent again at once', async () => {
    const answer = await sendForm(house, '/updates', { address: 'ani@example.org', 'leave-empty': 'buy now' })
    expect(answer.status).toBe(400)
    const html = await answer.text()
    expect(textOf(html)).toContain('press the button again')
    expect(html).not.toContain('buy now')
  })

  test('that agrees to other words than today’s is shown today’s', async () => {
    const answer = await sendForm(house, '/updates', { address: 'ani@example.org', wording: 'abc' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('The words beside the button have changed')
  })

  test.each([
    ['multipart/form-data; boundary=x', '--x\r\nthis is broken'],
    ['multipart/form-data', 'no boundary'],
    [undefined, 'nothing said of what it is'],
  ])('and cannot even be read (%s) gets a page of status 400', async (type, body) => {
    const headers = { origin: house.url, ...(type ? { 'content-type': type } : {}) }
    for (const path of ['/updates', '/me', '/sandbox/components']) {
      const sent = type ? body : new Uint8Array(Buffer.from(body))
      const answer = await house.fetch(path, { method: 'POST', headers, body: sent })
      expect(answer.status, path).toBe(400)
      expect(await answer.text()).toContain('We could not read what was sent')
    }
    expect(house.log().filter(({ level }) => Number(level) >= 50)).toEqual([])
  })
})

test('a network that asks too often is told how long to wait, and keeps what was typed', async () => {
  let answer = await ask('n0@example.org')
  for (let nth = 1; answer.status === 303; nth += 1) answer = await ask(`n${nth}@example.org`)
  expect(answer.status).toBe(429)
  expect(answer).toHaveHeader('retry-after', /^\d+$/)
  const html = await answer.text()
  expect(textOf(html)).toMatch(/Too many requests came from your network\. Wait/)
  expect(html).toContain('value="n20@example.org"')
  expect(await db.supporter.count({ where: { address: 'n20@example.org' } })).toBe(0)
})

describe('one click in a mail program (RFC 8058)', () => {
  const multipart = new FormData()
  multipart.set('List-Unsubscribe', 'One-Click')
  test.each([
    ['urlencoded', new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
    ['multipart', multipart],
    ['without a body', undefined],
    ['broken', 'List-Unsubscribe'],
  ])(
    'ends updates at once: %s, no cookie, no origin, no redirect, and twice is no fault',
    async (name, body) => {
      const address = `one-click-${name.replaceAll(' ', '-')}@example.org`
      const { unsubscribe } = await subscribe(address)
      for (const _ of [1, 2]) {
        const answer = await house.fetch(unsubscribe, { method: 'POST', ...(body ? { body } : {}) })
        expect(answer.status).toBe(200)
        expect(answer.headers.has('location')).toBe(false)
        expect(answer.headers.has('set-cookie')).toBe(false)
        expect(await stateOf(address)).toBe('left')
      }
      const consent = await db.consent.findFirst({ where: { supporter: { address } } })
      expect(consent).toMatchObject({ withdrawnBy: 'one-click' })
      expect(await db.suppression.findFirst({ where: { addressHash: addressHash(address) } })).toMatchObject({
        scope: 'marketing',
        reason: 'unsubscribed',
      })
    },
  )

  test('is taken from a mail program in a browser, which names the site it runs on', async () => {
    const { unsubscribe } = await subscribe('webmail@example.org')
    const answer = await house.fetch(unsubscribe, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
      headers: { origin: 'https://webmail.example' },
    })
    expect(answer.status).toBe(200)
    expect(await stateOf('webmail@example.org')).toBe('left')
  })

  test('with a token that nobody has is 404, however it is asked', async () => {
    for (const method of ['GET', 'HEAD', 'POST']) {
      expect((await house.fetch('/unsubscribe/AAAAAAAAAAAAAAAAAAAAAA', { method })).status).toBe(404)
    }
  })
})

test('whoever stopped by mistake asks again with one button, and is asked by mail', async () => {
  const { unsubscribe } = await subscribe('mistake@example.org')
  const done = await press(unsubscribe)
  expect(textOf(await done.text())).toContain('Updates are stopped')
  const again = await press(unsubscribe)
  expect(textOf(await again.text())).toContain('Check your email')
  const confirm = linkIn((await mailTo(post, 'mistake@example.org', 3))[2], '/updates/confirm/')
  expect(await stateOf('mistake@example.org')).toBe('asked')
  await press(confirm)
  expect(await stateOf('mistake@example.org')).toBe('confirmed')
  expect(await db.suppression.count({ where: { addressHash: addressHash('mistake@example.org') } })).toBe(0)
})

test('whoever confirms while messages to them come back is told so, not that updates come', async () => {
  await ask('full@example.org')
  const confirm = linkIn((await mailTo(post, 'full@example.org'))[0], '/updates/confirm/')
  await inTransaction((tx) => suppress(tx, addressHash('full@example.org'), 'all', 'bounced'))
  for (const answer of [await press(confirm), await house.fetch(confirm)]) {
    const page = textOf(await answer.text())
    expect(answer.status).toBe(200)
    expect(page).toContain('Updates cannot reach you')
    expect(page).toContain('messages to this address came back')
    expect(page).not.toMatch(/You get updates|You have confirmed already/)
  }
  expect(await stateOf('full@example.org')).toBe('confirmed')
})

test('whoever reports a message as unwanted is taken out, told why, and promised no mail', async () => {
  const { me, unsubscribe } = await subscribe('unwanted@example.org')
  await inTransaction(async (tx) => {
    await suppress(tx, addressHash('unwanted@example.org'), 'all', 'complained')
    await enqueue(tx, 'updates.hear-complaints', {})
  })
  await expect.poll(() => stateOf('unwanted@example.org')).toBe('left')
  for (const path of [me, unsubscribe]) {
    const page = await (await house.fetch(path)).text()
    expect(textOf(page)).toContain('a message of ours was reported as unwanted')
    expect(page).toContain('<a href="/contact">tell us</a>')
    expect(page).not.toContain('<button')
    expect(textOf(page)).not.toContain('We ask once more by email')
  }
})

test('whoever’s messages come back can still stop on their own page', async () => {
  const { me } = await subscribe('moved@example.org')
  await inTransaction((tx) => suppress(tx, addressHash('moved@example.org'), 'all', 'bounced'))
  expect(textOf(await (await house.fetch(me)).text())).toMatch(/came back.*Stop updates/)
  await press(me, { updates: 'stop' })
  expect(await stateOf('moved@example.org')).toBe('left')
})

describe('a page behind a private link', () => {
  let links: Awaited<ReturnType<typeof subscribe>>
  beforeAll(async () => {
    await db.rateLimit.deleteMany()
    links = await subscribe('private@example.org')
  })

  test('is kept by nobody, found by no search engine, tells nobody its address, and shows none in full', async () => {
    for (const path of Object.values(links)) {
      const answer = await house.fetch(path)
      expect(answer.status).toBe(200)
      expect(answer).toHaveHeader('cache-control', 'no-store')
      expect(answer).toHaveHeader('referrer-policy', 'no-referrer')
      expect(answer).toHaveHeader('x-robots-tag', 'noindex')
      const html = await answer.text()
      expect(html).toContain('<meta name="robots" content="noindex"/>')
      expect(html).not.toContain('private@example.org')
      expect(html).not.toContain('<script')
    }
  })

  test('is not left out of the log, and its token is', async () => {
    await house.fetch(links.me)
    await expect.poll(() => house.log().some(({ route }) => route === '/me/:token')).toBe(true)
    for (const path of Object.values(links)) {
      expect(house.lines.join('\n')).not.toContain(path.split('/').at(-1))
      expect(worker.lines.join('\n')).not.toContain(path.split('/').at(-1))
    }
    expect([...house.lines, ...worker.lines].join('\n')).not.toMatch(/@example\.org/)
  })

  test('takes its own form although browsers then send no origin', async () => {
    const answer = await sendForm(house, links.me, { updates: 'stop' }, { origin: 'null' })
    expect(answer.status).toBe(200)
    expect(await stateOf('private@example.org')).toBe('left')
  })

  test.each(['/me', '/me/', '/me//', '/updates', '/updates/confirm/'])(
    'opens no way for other sites’ forms by %s',
    async (path) => {
      const body = new URLSearchParams({ address: 'ani@example.org' })
      const headers = { origin: 'https://evil.example' }
      expect((await house.fetch(path, { method: 'POST', body, headers })).status).toBe(403)
    },
  )

  test('that nobody has, or has any more, says what to do', async () => {
    for (const path of ['/me/', '/updates/confirm/', '/unsubscribe/']) {
      const answer = await house.fetch(`${path}AAAAAAAAAAAAAAAAAAAAAA`)
      expect(answer.status).toBe(404)
      expect(textOf(await answer.text())).toContain('This link does not work')
    }
    await ask('late@example.org')
    const confirm = linkIn((await mailTo(post, 'late@example.org'))[0], '/updates/confirm/')
    await db.privateLink.updateMany({
      where: { purpose: 'confirm-subscription' },
      data: { expiresAt: new Date(0) },
    })
    const answer = await house.fetch(confirm)
    expect(answer.status).toBe(410)
    expect(textOf(await answer.text())).toContain('Ask for updates again')
  })
})
