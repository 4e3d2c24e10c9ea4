import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSandboxMail, requireMailPort } from './sandbox-mail.mjs'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'courage-mail-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a sandbox’s mail goes to the same place whoever asks, and over every start', async () => {
  const first = readSandboxMail(folder)
  expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:2\d{4}$/)
  expect(first.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
  await requireMailPort(folder)
  expect(readSandboxMail(folder)).toEqual(first)
})

test('when another program has taken its place, it moves, and everybody is told the new one', async () => {
  const { url } = readSandboxMail(folder)
  const other = createServer().listen(Number(new URL(url).port), '127.0.0.1')
  await once(other, 'listening')
  try {
    await requireMailPort(folder)
    expect(readSandboxMail(folder).url).not.toBe(url)
  } finally {
    other.close()
  }
})

test('a note of the place that makes no sense is written again', async () => {
  for (const damaged of ['', 'a port', '80', '70000']) {
    await writeFile(path.join(folder, 'mail-port'), damaged)
    const { url } = readSandboxMail(folder)
    expect(url).toMatch(/:2\d{4}$/)
    expect(readSandboxMail(folder).url).toBe(url)
  }
})
