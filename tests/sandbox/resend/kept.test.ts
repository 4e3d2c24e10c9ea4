import { appendFileSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { useRestarts } from '../parts/restarts.ts'
import type { MailboxMessage } from './mailbox.ts'
import { startStandIn } from './server.ts'
import { aLetter, isReal } from './service.ts'

const secret = `whsec_${Buffer.from('a secret of these tests alone').toString('base64')}`

describe.skipIf(isReal)('a stand-in that ends and is started again', () => {
  const kept = useRestarts(startStandIn, secret)
  const { listener, quiet, startAgain, types } = kept

  const send = async (letter: unknown, key: string) => {
    const answer = await fetch(`${kept.running.url}/emails`, {
      method: 'POST',
      headers: { authorization: 'Bearer re_x', 'idempotency-key': key },
      body: JSON.stringify(letter),
    })
    return (await answer.json()) as { id: string }
  }
  const control = async (method: string, what: string, body?: unknown) =>
    (await (await kept.control(method, what, body)).json()) as { total: number; data: MailboxMessage[] }

  test('has lost no mail, and takes none twice', async () => {
    const letter = aLetter({ attachments: [{ filename: 'a.txt', content: 'YQ==' }] })
    const first = await send(letter, 'k-1')
    await expect.poll(types).toContain('email.delivered')
    const { data } = await control('GET', 'messages')
    for (const _turn of ['once', 'twice']) {
      await startAgain()
      expect(await send(letter, 'k-1')).toEqual(first)
      expect((await control('GET', 'messages')).data).toEqual(data)
    }
  })

  test('has not lost what came before a line that was cut off', async () => {
    const letter = aLetter()
    const first = await send(letter, 'k-1')
    await kept.running.close()
    appendFileSync(kept.keptFile, '{"kind":"taken","emails":[{"id":')
    await startAgain()
    await send(aLetter(), 'k-2')
    await startAgain()
    expect(await send(letter, 'k-1')).toEqual(first)
    expect((await control('GET', 'messages')).total).toBe(2)
  })

  test('tells what it had not told, and delivers what was on its way', async () => {
    listener.answer = 503
    await control('PUT', 'settings', { deliveryMs: 3_600_000 })
    await send(aLetter(), 'k-1')
    await expect.poll(types).toEqual(['email.sent'])
    listener.answer = 200
    await startAgain()
    await expect.poll(types).toEqual(['email.sent', 'email.sent', 'email.delivered'])
    expect(new Set(listener.heard.slice(0, 2).map(({ headers }) => headers['svix-id'])).size).toBe(1)
    await quiet()
    await startAgain()
    await quiet()
    expect(types()).toHaveLength(3)
  })

  test('still sends nothing to whom it must not', async () => {
    const { id } = await send(aLetter({ to: ['anna@charity.org'] }), 'k-1')
    await control('POST', `messages/${id}/events`, { type: 'email.complained' })
    await startAgain()
    const again = await send(aLetter({ to: ['anna@charity.org'] }), 'k-2')
    await expect
      .poll(
        async () => (await control('GET', 'messages')).data.find((mail) => mail.id === again.id)?.lastEvent,
      )
      .toBe('suppressed')
  })

  test('shows what it keeps to its owner alone, and forgets it when it is told to', async () => {
    await send(aLetter(), 'k-1')
    expect(statSync(kept.keptFile).mode & 0o077).toBe(0)
    await control('POST', 'reset')
    await send(aLetter(), 'k-1')
    await startAgain()
    expect((await control('GET', 'messages')).total).toBe(1)
  })

  test('lets no page of another site look into the mailbox', async () => {
    const asked = (headers: Record<string, string>) => kept.control('GET', 'messages', undefined, headers)
    expect((await asked({})).status).toBe(200)
    expect((await asked({ origin: 'https://evil.example' })).status).toBe(404)
  })
})
