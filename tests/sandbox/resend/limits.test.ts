import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { apiError, errorNames } from './errors.ts'
import type { LogLine } from './log-line.ts'
import { startStandIn } from './server.ts'
import { aLetter, isReal, testInStandIn, useService } from './service.ts'

const service = useService()
const { ask, control } = service

beforeEach(async () => {
  if (isReal) return
  await control('POST reset')
  await control('PUT settings', { perSecond: 1000 })
})

describe('Who asks', () => {
  test('without a key is refused', async () => {
    const answer = await ask('GET /emails', { headers: { authorization: '' } })
    expect(answer).toMatchObject({ status: 401, body: { name: 'missing_api_key' } })
  })

  test('with what is no key is refused', async () => {
    const answer = await ask('GET /emails', { headers: { authorization: 'Bearer nonsense' } })
    expect([400, 401, 403]).toContain(answer.status)
  })

  testInStandIn('without saying what they are is refused', async () => {
    const status = await new Promise((resolve, reject) => {
      const call = request(
        `${service.url}/emails`,
        { headers: { authorization: 'Bearer re_x' } },
        (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        },
      )
      call.once('error', reject).end()
    })
    expect(status).toBe(403)
  })

  testInStandIn('with a key for sending may send and do nothing else', async () => {
    await control('PUT settings', { keys: { re_sender: 'sending', re_old: 'inactive', re_bad: 'suspended' } })
    const as = (key: string) => ({ headers: { authorization: `Bearer ${key}` }, body: aLetter() })
    expect((await ask('POST /emails', as('re_sender'))).status).toBe(200)
    const looking = await ask('GET /emails', { headers: { authorization: 'Bearer re_sender' } })
    expect(looking).toMatchObject({ status: 401, body: { name: 'restricted_api_key' } })
    expect(await ask('POST /emails', as('re_old'))).toMatchObject({
      status: 403,
      body: { name: 'restricted_api_key' },
    })
    expect(await ask('POST /emails', as('re_bad'))).toMatchObject({
      status: 403,
      body: { name: 'suspended_api_key' },
    })
  })

  test('for a place that does not exist is told so', async () => {
    expect(await ask('PUT /emails')).toMatchObject({ status: 405, body: { name: 'method_not_allowed' } })
    expect((await ask('GET /emails/not-an-id')).status).toBe(422)
    expect((await ask('GET /emails/00000000-0000-4000-8000-000000000000')).status).toBe(404)
  })
})

describe('Limits', () => {
  test('are told with every answer', async () => {
    const { headers } = await ask('GET /emails')
    expect(Number(headers.get('ratelimit-limit'))).toBeGreaterThan(0)
    expect(headers.has('ratelimit-remaining')).toBe(true)
    expect(headers.has('ratelimit-reset')).toBe(true)
  })

  testInStandIn('of ten requests a second: the eleventh must wait, and is told how long', async () => {
    await control('PUT settings', { perSecond: 10 })
    // In the first half of a second, so that all are of the same one.
    await control('PUT clock', { now: '2026-11-23T09:00:00.000Z' })
    const answers = await Promise.all(Array.from({ length: 11 }, () => ask('GET /emails')))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toMatchObject([{ body: { name: 'rate_limit_exceeded' } }])
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
    await control('PUT clock', { aheadMs: 1000 })
    expect((await ask('GET /emails')).status).toBe(200)
  })

  testInStandIn('of a day count receivers, and end at midnight in UTC', async () => {
    await control('PUT clock', { now: '2026-11-23T23:50:00.000Z' })
    await control('PUT settings', { dailyQuota: 2 })
    const two = ['delivered+1@resend.dev', 'delivered+2@resend.dev']
    const sent = await ask('POST /emails', { body: aLetter({ to: two }) })
    expect(sent.headers.get('x-resend-daily-quota')).toBe('2')
    expect(await ask('POST /emails', { body: aLetter() })).toMatchObject({
      status: 429,
      body: { name: 'daily_quota_exceeded' },
    })
    await control('PUT clock', { aheadMs: 10 * 60_000 })
    expect((await ask('POST /emails', { body: aLetter() })).status).toBe(200)
  })

  testInStandIn('of a month end with it', async () => {
    await control('PUT clock', { now: '2026-11-30T23:50:00.000Z' })
    await control('PUT settings', { monthlyQuota: 1 })
    expect((await ask('POST /emails', { body: aLetter() })).status).toBe(200)
    expect((await ask('POST /emails', { body: aLetter() })).body.name).toBe('monthly_quota_exceeded')
    await control('PUT clock', { aheadMs: 10 * 60_000 })
    expect((await ask('POST /emails', { body: aLetter() })).status).toBe(200)
  })
})

describe.skipIf(isReal)('On purpose', () => {
  test.each(errorNames)('the answer is %s', async (error) => {
    await control('POST next', { route: 'POST /emails', fault: { error } })
    const { error: heard } = await service.resend.emails.send(aLetter() as never)
    expect(heard).toEqual(apiError(error))
    expect((await control('GET messages')).total).toBe(0)
  })

  test.each([
    ['refuse', null, 0],
    ['hang', null, 0],
    ['rate-limit', 429, 0],
    ['server-error', 500, 0],
    ['bad-gateway', 502, 0],
    ['delay', undefined, 1],
    ['drop', null, 1],
    ['accepted-hang', null, 1],
    ['accepted-server-error', 500, 1],
    ['html', null, 1],
  ])('%s: the sender hears status %s, and messages taken are %i', async (fault, status, taken) => {
    await control('PUT faults', { delayMs: 20 })
    await control('POST next', { fault })
    const [letter, key] = [aLetter() as never, { idempotencyKey: fault }]
    const { error } = await service.resend.emails.send(letter, { ...key, signal: AbortSignal.timeout(500) })
    expect(error?.statusCode).toBe(status)
    expect((await control('GET messages')).total).toBe(taken)
    // And once more with the same key: it is there once.
    expect((await service.resend.emails.send(letter, key)).error).toBeNull()
    expect((await control('GET messages')).total).toBe(1)
  })

  test('chance meets the same requests again when it has the same seed', async () => {
    const run = async (seed: number) => {
      await control('POST reset')
      await control('PUT settings', { perSecond: 1000 })
      await control('PUT faults', {
        seed,
        routes: { 'POST /emails': { 'server-error': 0.3, 'rate-limit': 0.2 } },
      })
      const statuses: number[] = []
      for (let n = 0; n < 30; n++) {
        const headers = { 'idempotency-key': `key-${n}` }
        statuses.push((await ask('POST /emails', { body: aLetter(), headers })).status)
      }
      return statuses
    }
    const once = await run(11)
    expect(new Set(once)).toEqual(new Set([200, 429, 500]))
    expect(await run(11)).toEqual(once)
    expect(await run(12)).not.toEqual(once)
  })
})

describe.skipIf(isReal)('The log', () => {
  test('knows nothing of a sender who died in the middle of asking', async () => {
    const before = service.running.log.lines.length
    const call = request(`${service.url}/emails`, {
      method: 'POST',
      headers: { authorization: 'Bearer re_x', 'user-agent': 'a', 'content-length': 100 },
    })
    call.on('error', () => undefined)
    call.write('{')
    await new Promise((resolve) => setTimeout(resolve, 50))
    call.destroy()
    expect((await ask('GET /emails')).status).toBe(200)
    expect(service.running.log.lines.slice(before)).toMatchObject([{ route: 'GET /emails' }])
  })

  test('has what was taken before the sender hears of it, and also if they never do', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'stand-in-'))
    const logFile = path.join(folder, 'resend.jsonl')
    const running = await startStandIn({ port: 0, logFile })
    try {
      const standIn = running.standIn()
      standIn.faults.script('*', 'drop', 1)
      const send = () =>
        fetch(`${running.url}/emails/batch`, {
          method: 'POST',
          headers: { authorization: 'Bearer re_x', 'idempotency-key': 'k' },
          body: JSON.stringify([{ from: 'a@charity.org', to: 'b@charity.org', subject: 's', text: 't' }]),
        })
      await expect(send()).rejects.toThrow()
      expect((await send()).status).toBe(200)
      const lines = readFileSync(logFile, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as LogLine)
      expect(lines).toMatchObject([
        { outcome: 'accepted', fault: 'drop', key: 'k', accepted: [{ to: ['b@charity.org'] }] },
        { outcome: 'replayed', fault: null, key: 'k', accepted: [] },
      ])
      expect(lines[1]?.ids).toEqual(lines[0]?.ids)
    } finally {
      await running.close()
      rmSync(folder, { recursive: true })
    }
  })
})
