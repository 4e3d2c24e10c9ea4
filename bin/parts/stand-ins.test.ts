import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sandboxVariables } from './sandbox-services.mjs'
import { standIns, standInVariables } from './stand-ins.mjs'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'courage-stand-ins-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const settingsAt = (host: string) =>
  ({
    port: 3000,
    host,
    appUrl: 'http://localhost:3000',
    dataDir,
    role: 'all',
    sandbox: true,
    databaseUrl: undefined,
  }) as const

test.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['::1', 'http://[::1]:3000'],
])('each stand-in tells its news to the site that listens at %s, on the webhook of its own', (host, site) => {
  const told = standIns.map((standIn) => standInVariables(settingsAt(host), standIn)['STAND_IN_WEBHOOK'])
  expect(told).toEqual([`${site}/webhooks/resend`, `${site}/webhooks/stripe`])
})

test('Stripe’s keeps the time that CLOCK sets for the site, and Resend’s the machine’s, by which mail is checked', () => {
  const told = standIns.map((standIn) => standInVariables(settingsAt('127.0.0.1'), standIn)['CLOCK'])
  expect(told).toEqual(['', undefined])
})

test('each stand-in listens where the product looks for it, and signs with the secret that the product knows', () => {
  const product = sandboxVariables(dataDir)
  for (const standIn of standIns) {
    const { HOST, PORT, STAND_IN_SECRET } = standInVariables(settingsAt('127.0.0.1'), standIn)
    const name = `SANDBOX_${standIn.service.toUpperCase()}`
    expect(`http://${HOST}:${PORT}`).toBe(product[`${name}_URL`])
    expect(STAND_IN_SECRET).toBe(product[`${name}_SECRET`])
  }
})
