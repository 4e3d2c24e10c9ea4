import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startFromSeed } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'

let house: House
beforeAll(async () => {
  await startFromSeed()
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
})
afterAll(() => house.stop())

type Raw = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }

/** As it comes over the wire: `fetch` would unpack it. */
function raw(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, house.url), { method, headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
      )
    })
    call.on('error', reject)
    call.end()
  })
}

describe('a reading page', () => {
  test('comes in the smallest form that the browser understands, and says the same in each', async () => {
    const plain = await raw('/report')
    const gzip = await raw('/report', { 'accept-encoding': 'gzip, deflate' })
    const brotli = await raw('/report', { 'accept-encoding': 'gzip, deflate, br' })
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(gunzipSync(gzip.body)).toEqual(plain.body)
    expect(brotliDecompressSync(brotli.body)).toEqual(plain.body)
    expect(brotli.body.length).toBeLessThan(gzip.body.length)
    for (const answer of [plain, gzip, brotli]) expect(answer.headers['vary']).toBe('accept-encoding')
  })

  test('is not sent again to a reader who has it', async () => {
    const first = await raw('/report', { 'accept-encoding': 'br' })
    const etag = String(first.headers['etag'])
    const again = await raw('/report', { 'accept-encoding': 'br', 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect(again.body.length).toBe(0)
    expect(again.headers['etag']).toBe(etag)
  })

  test('has a different validator in each encoding, so that no proxy mixes them up', async () => {
    const validators = await Promise.all(
      ['identity', 'gzip', 'br'].map(
        async (encoding) => (await raw('/report', { 'accept-encoding': encoding })).headers['etag'],
      ),
    )
    expect(new Set(validators).size).toBe(3)
  })

  test('is never kept without asking, so that a correction reaches everyone', async () => {
    expect((await raw('/report')).headers['cache-control']).toBe('public, no-cache')
  })

  test('answers HEAD with what GET would say, and no body', async () => {
    const get = await raw('/report', { 'accept-encoding': 'br' })
    const head = await raw('/report', { 'accept-encoding': 'br' }, 'HEAD')
    expect(head.body.length).toBe(0)
    for (const name of ['etag', 'content-length', 'content-type', 'content-encoding']) {
      expect(head.headers[name]).toBe(get.headers[name])
    }
  })
})

test('a page that is not there is not kept', async () => {
  const answer = await raw('/report/findings/no-such-finding')
  expect(answer.status).toBe(404)
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.headers['etag']).toBeUndefined()
})

test('a page that may be about one person is not kept by anybody', async () => {
  expect((await raw('/sandbox/components')).headers['cache-control']).toBe('no-store')
})

test('files named by their content are kept for a year', async () => {
  const html = (await raw('/')).body.toString()
  const sheet = /\/assets\/styles-[\w-]+\.css/.exec(html)?.[0] ?? ''
  const answer = await raw(sheet, { 'accept-encoding': 'br' })
  expect(answer.status).toBe(200)
  expect(answer.headers['cache-control']).toBe('public,max-age=31536000,immutable')
  expect(answer.headers['content-encoding']).toBe('br')
})

test('an old asset is plainly gone, and no page is rendered for it', async () => {
  const answer = await raw('/assets/styles-of-last-week.css')
  expect(answer.status).toBe(404)
  expect(answer.headers['content-type']).toMatch(/^text\/plain/)
})
