import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readSandboxService, requireSandboxPorts, sandboxVariables } from './sandbox-services.mjs'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'courage-services-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe.each(['mail', 'payments'] as const)('a sandbox’s %s', (service) => {
  test('go to the same place whoever asks, and over every start', async () => {
    const first = readSandboxService(folder, service)
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:2\d{4}$/)
    expect(first.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
    await requireSandboxPorts(folder, 3000)
    expect(readSandboxService(folder, service)).toEqual(first)
  })

  test('move when another program has taken their place, and everybody is told the new one', async () => {
    const before = sandboxVariables(folder)
    const { url } = readSandboxService(folder, service)
    const other = createServer().listen(Number(new URL(url).port), '127.0.0.1')
    await once(other, 'listening')
    try {
      await requireSandboxPorts(folder, 3000)
      const moved = readSandboxService(folder, service)
      expect(moved.url).not.toBe(url)
      const name = `SANDBOX_${service.toUpperCase()}_URL`
      expect(sandboxVariables(folder), 'and nothing else has moved').toEqual({ ...before, [name]: moved.url })
    } finally {
      other.close()
    }
  })

  test('find a place again when the note of it makes no sense', async () => {
    for (const damaged of ['', 'a port', '80', '70000']) {
      await writeFile(path.join(folder, `${service}-port`), damaged)
      const { url } = readSandboxService(folder, service)
      expect(url).toMatch(/:2\d{4}$/)
      expect(readSandboxService(folder, service).url).toBe(url)
    }
  })
})

test.each([3000, 20_001])(
  'mail, payments and the site itself at %d never want one place',
  async (sitePort) => {
    for (const service of ['mail', 'payments']) await writeFile(path.join(folder, `${service}-port`), '20001')
    await requireSandboxPorts(folder, sitePort)
    const { SANDBOX_MAIL_URL, SANDBOX_PAYMENTS_URL } = sandboxVariables(folder)
    const places = [`http://127.0.0.1:${sitePort}`, SANDBOX_MAIL_URL, SANDBOX_PAYMENTS_URL]
    expect(new Set(places).size).toBe(3)
  },
)

test('a sandbox’s processes are told where both are, each with a secret of its own', () => {
  const mail = readSandboxService(folder, 'mail')
  const payments = readSandboxService(folder, 'payments')
  expect(mail.url).not.toBe(payments.url)
  expect(mail.secret).not.toBe(payments.secret)
  expect(sandboxVariables(folder)).toEqual({
    SANDBOX_MAIL_URL: mail.url,
    SANDBOX_MAIL_SECRET: mail.secret,
    SANDBOX_PAYMENTS_URL: payments.url,
    SANDBOX_PAYMENTS_SECRET: payments.secret,
  })
})
