import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { useListener } from '../parts/listener.ts'
import { startStandIn, type Running } from './server.ts'
import { aLetter, isReal } from './service.ts'
import type { MailboxMessage } from './mailbox.ts'

const secret = `whsec_${Buffer.from('a secret of these tests alone').toString('base64')}`

describe.skipIf(isReal)('a stand-in that ends and is started again', () => {
  const listener = useListener()
  let folder: string
  let running: Running
  const startAgain = async () => {
    await running?.close()
    running = await startStandIn({
      port: 0,
      keptFile: path.join(folder, 'kept.jsonl'),
      endpoint: { url: listener.url, secrets: [secret] },
    })
  }
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'stand-in-'))
    await startAgain()
  })
  afterEach(async () => {
    await running.close()
    rmSync(folder, { recursive: true })
  })

  const send = async (letter: unknown, key: string) => {
    const answer = await fetch(`${running.url}/emails`, {
      method: 'POST',
      headers: { authorization: 'Bearer re_x', 'idempotency-key': key },
      body: JSON.stringify(letter),
    })
    return (await answer.json()) as { id: string }
  }
  const control = async (method: string, what: string, body?: unknown) => {
    const answer = await fetch(`${running.url}/_control/${what}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await answer.json()) as { total: number; busy: boolean; data: MailboxMessage[] }
  }
  const quiet = () => expect.poll(async () => (await control('GET', 'webhooks')).busy).toBe(false)
  const types = () => listener.heard.map(({ event }) => event.type)

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
    await running.close()
    appendFileSync(path.join(folder, 'kept.jsonl'), '{"kind":"taken","emails":[{"id":')
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
    expect(statSync(path.join(folder, 'kept.jsonl')).mode & 0o077).toBe(0)
    await control('POST', 'reset')
    await send(aLetter(), 'k-1')
    await startAgain()
    expect((await control('GET', 'messages')).total).toBe(1)
  })

  test('lets no page of another site look into the mailbox', async () => {
    const asked = (headers: Record<string, string>) => fetch(`${running.url}/_control/messages`, { headers })
    expect((await asked({})).status).toBe(200)
    expect((await asked({ origin: 'https://evil.example' })).status).toBe(404)
  })
})
