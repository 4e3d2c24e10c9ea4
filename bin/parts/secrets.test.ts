import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sandboxSecrets } from './secrets.mjs'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'courage-secrets-'))
  file = path.join(folder, 'secrets.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('each sandbox has secrets of its own, and keeps them', () => {
  const secrets = sandboxSecrets(folder)
  expect(Object.keys(secrets).sort()).toEqual([
    'DATA_KEYS',
    'HASH_KEY',
    'SANDBOX_MAIL_SECRET',
    'SANDBOX_PAYMENTS_SECRET',
    'SESSION_SECRET',
  ])
  expect(new Set(Object.values(secrets)).size).toBe(5)
  expect(sandboxSecrets(folder)).toEqual(secrets)
})

test('a secret that a later version needs is added, and the others stay', async () => {
  await writeFile(file, JSON.stringify({ HASH_KEY: 'as it was' }))
  const secrets = sandboxSecrets(folder)
  expect(secrets['HASH_KEY']).toBe('as it was')
  expect(secrets['SESSION_SECRET']).toMatch(/^.{32,}$/)
})

test('damaged secrets are never replaced: what is stored under them would be lost', async () => {
  for (const damaged of ['', '{"HASH_KEY":', '[1]', '{"HASH_KEY":1}', 'null']) {
    await writeFile(file, damaged)
    expect(() => sandboxSecrets(folder)).toThrow(/is damaged: put it back from a backup/)
    expect(await readFile(file, 'utf8')).toBe(damaged)
  }
})
