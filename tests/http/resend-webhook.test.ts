import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '#app/platform/db.server.ts'
import { startHouse, type House } from '../support/house.ts'

const secretOf = (name: string) => `whsec_${Buffer.from(`${name}, known to tests alone`).toString('base64')}`
const [old, current] = [secretOf('the old secret'), secretOf('the current secret')]

let house: House
beforeAll(async () => {
  house = await startHouse(process.env['DATABASE_URL'] ?? '', {
    SANDBOX_MAIL_URL: 'http://127.0.0.1:9',
    SANDBOX_MAIL_SECRET: `${old},${current}`,
  })
})
afterAll(() => house.stop())
beforeEach(() => db.mailEvent.deleteMany())

const delivered = JSON.stringify({
  type: 'email.delivered',
  created_at: '2026-11-23T10:00:00.000Z',
  data: { email_id: 'e-1', to: ['ani@example.org'], subject: 'News', tags: { message: 'm-1' } },
})

type Telling = Partial<{ id: string; body: string; secret: string; aheadMs: number; sent: string }>

/** Tells the house something, as the provider does; `sent` is what arrives where that is not what was signed. */
function tell({
  id = 'msg_1',
  body = delivered,
  secret = current,
  aheadMs = 0,
  sent,
}: Telling = {}): Promise<Response> {
  const when = new Date(Date.now() + aheadMs)
  return house.fetch('/webhooks/resend', {
    method: 'POST',
    body: sent ?? body,
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': String(Math.floor(when.getTime() / 1000)),
      'svix-signature': new Webhook(secret).sign(id, when, body),
    },
  })
}

describe('news of the mail provider', () => {
  test('is kept once, however often it is told, and nothing personal of it', async () => {
    const answers = await Promise.all([tell(), tell(), tell()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const kept = await db.mailEvent.findMany()
    expect(kept).toMatchObject([
      { id: 'msg_1', type: 'email.delivered', providerId: 'e-1', messageId: 'm-1' },
    ])
    expect(JSON.stringify(kept)).not.toContain('ani@example.org')
  })

  test('is believed under the old secret and the new one, while it is being changed', async () => {
    expect((await tell({ id: 'msg_old', secret: old })).status).toBe(200)
    expect((await tell({ id: 'msg_new', secret: current })).status).toBe(200)
    expect(await db.mailEvent.count()).toBe(2)
  })

  test('keeps no address that a reason quotes', async () => {
    const body = JSON.stringify({
      type: 'email.failed',
      created_at: '2026-11-23T10:00:00.000Z',
      data: { email_id: 'e-1', failed: { reason: 'cannot reach <ani@example.org> today' } },
    })
    expect((await tell({ body })).status).toBe(200)
    expect((await db.mailEvent.findFirstOrThrow()).detail).toBe('cannot reach … today')
  })

  test.each([-290_000, 290_000])('is believed %d ms away from our time', async (ms) => {
    expect((await tell({ aheadMs: ms })).status).toBe(200)
  })
})

describe('a secret is changed without a piece of news being lost:', () => {
  test('the provider signs with both for a while, and one of them is enough', async () => {
    const only = await startHouse(process.env['DATABASE_URL'] ?? '', {
      SANDBOX_MAIL_URL: 'http://127.0.0.1:9',
      SANDBOX_MAIL_SECRET: current,
    })
    try {
      const now = new Date()
      const signed = (secret: string) => new Webhook(secret).sign('msg_both', now, delivered)
      const post = (signature: string) =>
        only.fetch('/webhooks/resend', {
          method: 'POST',
          body: delivered,
          headers: {
            'svix-id': 'msg_both',
            'svix-timestamp': String(Math.floor(now.getTime() / 1000)),
            'svix-signature': signature,
          },
        })
      expect((await post(`${signed(old)} ${signed(current)}`)).status).toBe(200)
      // And once the old one is taken out of the settings, it opens nothing.
      expect((await post(signed(old))).status).toBe(400)
    } finally {
      await only.stop()
    }
  })
})

describe('what does not come from the mail provider', () => {
  test.each([
    ['was altered on its way', { sent: delivered.replace('delivered', 'bounced') }],
    ['is signed with another secret', { secret: secretOf('a stranger’s secret') }],
    ['is five minutes old', { aheadMs: -301_000 }],
    ['is dated five minutes ahead', { aheadMs: 302_000 }],
  ])('is refused and leaves nothing behind: it %s', async (_, news) => {
    expect((await tell(news)).status).toBe(400)
    expect(await db.mailEvent.count()).toBe(0)
  })

  test('is refused without any signature', async () => {
    const answer = await house.fetch('/webhooks/resend', { method: 'POST', body: delivered })
    expect(answer.status).toBe(400)
  })
})

test('news that is signed but makes no sense is said to, and is not kept', async () => {
  for (const body of ['no JSON at all', '{"type":7}']) expect((await tell({ body })).status).toBe(422)
  expect(await db.mailEvent.count()).toBe(0)
})

test('whoever opens the address in a browser is told what it takes, and by which method', async () => {
  for (const method of ['GET', 'HEAD']) {
    const answer = await house.fetch('/webhooks/resend', { method })
    expect(answer.status).toBe(405)
    expect(answer).toHaveHeader('allow', 'POST')
    if (method === 'GET')
      expect(await answer.text()).toContain('which sends it by POST. There is nothing to read here.')
  }
})
