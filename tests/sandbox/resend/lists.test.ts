import { beforeEach, describe, expect, test } from 'vitest'
import { openApi, responseBreaches } from './open-api.ts'
import { aLetter, isReal, testInStandIn, useService, type Asked } from './service.ts'

const service = useService()
const { ask, control } = service

function fits(route: string, asked: Asked): void {
  if (openApi.outcome === 'read') {
    expect(responseBreaches(openApi.document, route, asked.status, asked.body)).toEqual([])
  }
}

beforeEach(async () => {
  if (isReal) return
  await control('POST reset')
  await control('PUT settings', { perSecond: 1000, deliveryMs: 5 })
})

describe('Who is not to be mailed', () => {
  test('is added, found by address and by id, and taken off again', async () => {
    const email = `delivered+${Date.now()}@resend.dev`
    const added = await ask('POST /suppressions', { body: { email } })
    expect(added.status).toBe(201)
    fits('POST /suppressions', added)
    const found = await ask(`GET /suppressions/${encodeURIComponent(email)}`)
    expect(found.body).toMatchObject({ id: added.body.id, email, origin: 'manual' })
    fits('GET /suppressions/{suppression}', found)
    fits('GET /suppressions', await ask('GET /suppressions?origin=manual&limit=1'))
    const removed = await service.resend.suppressions.remove(added.body.id ?? '')
    expect(removed.data).toMatchObject({ deleted: true })
    expect((await ask(`GET /suppressions/${added.body.id}`)).status).toBe(404)
  })

  testInStandIn('is added by a hard bounce and by a complaint, but not by a full mailbox', async () => {
    await control('PUT settings', {
      fates: {
        'gone@charity.org': 'bounced',
        'cross@charity.org': 'complained',
        'full@charity.org': 'bounced-transient',
      },
    })
    const to = ['gone@charity.org', 'cross@charity.org', 'full@charity.org']
    await ask('POST /emails', { body: aLetter({ to }) })
    await expect
      .poll(async () => (await ask('GET /suppressions')).body.data?.map(({ email }) => email))
      .toEqual(['cross@charity.org', 'gone@charity.org'])
  })

  testInStandIn('is not mailed: the message is taken, and suppressed', async () => {
    await ask('POST /suppressions', { body: { email: 'anna@charity.org' } })
    const { body } = await ask('POST /emails', { body: aLetter({ to: ['Anna@charity.org'] }) })
    await expect.poll(async () => (await ask(`GET /emails/${body.id}`)).body.last_event).toBe('suppressed')
  })
})

describe.skipIf(isReal)('Mail that comes in', () => {
  test('is listed without its words, and read with them', async () => {
    const { id } = await control('POST receive', {
      from: 'Anna <anna@charity.org>',
      to: ['post@charity.org'],
      subject: 'An answer',
      text: 'Thank you',
      attachments: [{ filename: 'a.txt', content_type: 'text/plain', content: 'YQ==' }],
    })
    const list = await ask('GET /emails/receiving')
    fits('GET /emails/receiving', list)
    expect(list.body.data).toMatchObject([{ id, subject: 'An answer' }])
    expect(list.body.data?.[0]).not.toHaveProperty('text')
    const read = await ask(`GET /emails/receiving/${id}`)
    fits('GET /emails/receiving/{email_id}', read)
    expect(read.body).toMatchObject({ text: 'Thank you', attachments: [{ filename: 'a.txt', size: 1 }] })
    const { data } = await service.resend.emails.receiving.get(id ?? '')
    expect(data?.from).toBe('Anna <anna@charity.org>')
  })
})

describe.skipIf(isReal)('The mailbox', () => {
  test('shows a message as its receiver would see it, with every link', async () => {
    const headers = { 'List-Unsubscribe': '<https://charity.org/leave/token>' }
    const attachments = [{ filename: 'a.txt', content: 'YQ==', content_type: 'text/plain' }]
    await ask('POST /emails', { body: aLetter({ headers, attachments }) })
    const { data } = await control('GET messages?to=letter')
    expect(data).toMatchObject([
      {
        subject: 'A letter',
        headers,
        links: ['https://charity.org/stop?a=1&b=2', 'https://charity.org/leave/token'],
        attachments: [{ filename: 'a.txt', bytes: 1 }],
      },
    ])
  })

  test('forgets the words of old messages, and that they came it does not', async () => {
    await control('PUT settings', { keep: 1 })
    const first = await ask('POST /emails', { body: aLetter() })
    await ask('POST /emails', { body: aLetter() })
    expect(await control(`GET messages/${first.body.id}`)).toMatchObject({ subject: 'A letter', html: null })
    expect((await control('GET messages')).total).toBe(2)
  })
})
