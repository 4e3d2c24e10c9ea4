import { Resend } from 'resend'
import { beforeEach, describe, expect, test } from 'vitest'
import { skipFor } from '../parts/contract.ts'
import { useListener, type Heard } from '../parts/listener.ts'
import { eventBreaches, openApi } from './open-api.ts'
import { aLetter, isReal, useService } from './service.ts'
import { signature } from './webhooks.ts'

// The real service cannot reach a listener on this machine: all of this is the stand-in's alone.

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const ROTATED = 'whsec_cm90YXRlZC1zZWNyZXQtb2YtYS10ZXN0LXJ1bg=='

test("the signature is that of Standard Webhooks' public example", () => {
  expect(signature(SECRET, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  )
})

describe.skipIf(isReal)('Whoever listens', () => {
  const service = useService()
  const { ask, control } = service
  const listener = useListener()

  const types = () => listener.heard.map(({ event }) => event.type)
  const of = (type: string) => listener.heard.find(({ event }) => event.type === type)
  const send = (...to: string[]) => ask('POST /emails', { body: aLetter({ to }) })
  const quiet = () => expect.poll(async () => (await control('GET webhooks')).busy).toBe(false)
  const verify = ({ headers, body }: Heard, secret = SECRET) =>
    new Resend('re_any').webhooks.verify({
      payload: body,
      headers: {
        id: String(headers['svix-id']),
        timestamp: String(headers['svix-timestamp']),
        signature: String(headers['svix-signature']),
      },
      webhookSecret: secret,
    })

  beforeEach(async () => {
    await control('POST reset')
    await control('PUT settings', { perSecond: 1000, deliveryMs: 5 })
    await control('PUT webhook', { url: listener.url, secrets: [SECRET] })
  })

  test.each([
    ['delivered+anna@resend.dev', ['email.sent', 'email.delivered']],
    ['bounced+anna@resend.dev', ['email.sent', 'email.bounced']],
    ['complained+anna@resend.dev', ['email.sent', 'email.delivered', 'email.complained']],
    ['suppressed@resend.dev', ['email.suppressed']],
    ['delayed@resend.dev', ['email.sent', 'email.delivery_delayed']],
    ['failed@resend.dev', ['email.sent', 'email.failed']],
  ])('of mail to %s hears %j, signed so that the real SDK believes it', async (address, expected) => {
    await send(address)
    await expect.poll(() => types().toSorted()).toEqual(expected.toSorted())
    for (const heard of listener.heard) expect(verify(heard)).toEqual(heard.event)
  })

  test('is told tags as an object, to find their own message again', async () => {
    await ask('POST /emails', { body: aLetter({ tags: [{ name: 'message', value: 'm-1' }] }) })
    await expect.poll(() => of('email.sent')?.event.data['tags']).toEqual({ message: 'm-1' })
  })

  test('can tell a full mailbox from one that does not exist', async () => {
    await send('bounced@resend.dev')
    await expect.poll(() => of('email.bounced')?.event.data['bounce']).toMatchObject({ type: 'Permanent' })
    listener.heard.length = 0
    await send('bounced-transient@resend.dev')
    await expect.poll(() => of('email.bounced')?.event.data['bounce']).toMatchObject({ type: 'Transient' })
  })

  test("hears only what Resend's OpenAPI file describes", async ({ skip }) => {
    if (openApi.outcome === 'absent') skipFor(openApi.why, skip)
    const names = [
      'delivered',
      'bounced',
      'bounced-transient',
      'complained',
      'suppressed',
      'delayed',
      'failed',
    ]
    for (const name of names) await send(`${name}@resend.dev`)
    await ask('POST /emails', { body: aLetter({ scheduled_at: 'in 2 hours' }) })
    await control('POST receive', {
      from: 'Anna <anna@charity.org>',
      to: ['post@charity.org'],
      subject: 'Hello',
    })
    await expect.poll(() => new Set(types()).size).toBe(9)
    for (const { event } of listener.heard) expect(eventBreaches(openApi.document, event)).toEqual([])
    expect(eventBreaches(openApi.document, { type: 'email.sent' })).not.toEqual([])
  })

  test('who does not answer well is told again after 5 seconds, 5 minutes and so on, under the same id', async () => {
    listener.answer = 503
    await control('PUT settings', { deliveryMs: 10_000_000_000 })
    await send('delivered@resend.dev')
    const ids = () => listener.heard.map(({ headers }) => headers['svix-id'])
    await expect.poll(() => ids().length).toBe(1)
    for (const [attempt, seconds] of [5, 300, 1800, 7200, 18_000, 36_000, 36_000].entries()) {
      await quiet()
      await control('PUT clock', { aheadMs: (seconds - 4) * 1000 })
      expect(ids()).toHaveLength(attempt + 1)
      await control('PUT clock', { aheadMs: 4_000 })
      await expect.poll(() => ids().length).toBe(attempt + 2)
    }
    expect(new Set(ids()).size).toBe(1)
    await quiet()
    expect((await control('GET webhooks')).data).toMatchObject([{ attempts: 8, state: 'given-up' }])
  })

  test('may be told twice, late, and in another order', async () => {
    await control('PUT webhook-faults', { seed: 7, twice: 1, shuffle: 40 })
    for (let n = 0; n < 20; n++) await send('delivered@resend.dev')
    await expect.poll(() => listener.heard.length).toBe(80)
    expect(new Set(listener.heard.map(({ headers }) => headers['svix-id'])).size).toBe(40)
    const told = (await control('GET webhooks')).data?.map(({ id }) => id)
    expect(listener.heard.map(({ headers }) => headers['svix-id'])).not.toEqual(told)

    await control('PUT webhook-faults', { late: 1, lateMs: 3_600_000 })
    listener.heard.length = 0
    await send('delivered@resend.dev')
    await expect.poll(async () => (await control('GET webhooks')).data?.length).toBe(42)
    expect(listener.heard).toEqual([])
    await control('PUT clock', { aheadMs: 3_600_000 })
    await expect.poll(() => types().toSorted()).toEqual(['email.delivered', 'email.sent'])
  })

  test('hears what was held back when it is released, three times over and shuffled', async () => {
    await control('PUT webhook-faults', { hold: true })
    await send('delivered@resend.dev', 'bounced@resend.dev')
    await expect.poll(async () => (await control('GET webhooks')).data?.length).toBe(3)
    expect(listener.heard).toEqual([])
    expect(await control('POST release', { times: 3, seed: 4 })).toEqual({ sent: 9 })
    await expect.poll(() => listener.heard.length).toBe(9)
  })

  test('can refuse what was changed on its way, and what is older or newer than five minutes', async () => {
    await control('PUT webhook-faults', { hold: true })
    await send('delivered@resend.dev')
    await expect.poll(async () => (await control('GET webhooks')).data?.length).toBe(2)
    for (const spoilt of [{ tamper: true }, { skewSeconds: -301 }, { skewSeconds: 302 }]) {
      listener.heard.length = 0
      await control('POST release', spoilt)
      await expect.poll(() => listener.heard.length).toBe(2)
      for (const heard of listener.heard) expect(() => verify(heard)).toThrow()
    }
  })

  test('believes both secrets while one replaces the other', async () => {
    await control('PUT webhook', { url: listener.url, secrets: [ROTATED, SECRET] })
    await send('delivered@resend.dev')
    await expect.poll(() => listener.heard.length).toBe(2)
    for (const heard of listener.heard) {
      expect(verify(heard, SECRET)).toEqual(verify(heard, ROTATED))
      expect(() => verify(heard, 'whsec_YW5vdGhlci1zZWNyZXQtYWx0b2dldGhlcg==')).toThrow()
    }
  })

  test('hears what a test makes happen to a message', async () => {
    const { body } = await send('anna@charity.org')
    await control(`POST messages/${body.id}/events`, { type: 'email.complained' })
    await expect.poll(() => types()).toContain('email.complained')
  })
})
