import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { aGift } from '../sandbox/stripe/service.ts'
import { freshDatabase } from '../support/database.ts'
import { freePort } from '../support/house.ts'
import { projectRoot, withSettings } from '../support/settings.ts'
import { databaseIn, dataFolder, deskIn, endAll, isAlive, start, until, type Started } from './started.ts'

afterEach(endAll)

/** Queues a message as the product does, from a process of its own, and returns its id. */
async function queue(databaseUrl: string, to: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'tests/processes/queue-mail.ts', to],
    { cwd: projectRoot, env: withSettings({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' }) },
  )
  return stdout.trim()
}

const textOf = async (house: Started, path: string) => (await fetch(house.url + path)).text()

/** The page of the mail to an address, once the mailbox lists it. */
async function pageOfMailTo(house: Started, address: string): Promise<string> {
  let link: string | undefined
  await until(`${address} has mail`, async () => {
    const list = await textOf(house, `/sandbox/mail?to=${encodeURIComponent(address)}`)
    link = /href="(\/sandbox\/mail\/[0-9a-f-]{36})"/.exec(list)?.[1]
    return link !== undefined
  })
  return link ?? ''
}

/** Waits until the site itself, and not only the mailbox, knows that a message has arrived. */
const known = (house: Started, page: string, state: string) =>
  until(
    `the site knows that it was ${state}`,
    async () => /The site knows it as<\/dt><dd[^>]*>(\w+)</.exec(await textOf(house, page))?.[1] === state,
  )

test('after npm start, mail that the product sends lies in the mailbox, and its delivery is known', async () => {
  const dataDir = await dataFolder()
  const house = await start(dataDir)
  await house.says(/^mail goes to http:\/\/localhost:\d+\/sandbox\/mail$/m)
  await house.says(/^ready on /m)
  await queue(databaseIn(dataDir), 'nare@example.org')
  const page = await pageOfMailTo(house, 'nare@example.org')
  expect(await textOf(house, page)).toContain('News for nare@example.org')
  await known(house, page, 'delivered')
})

test('mail in the mailbox outlives the death of the stand-in and the end of the sandbox', async () => {
  const dataDir = await dataFolder()
  const first = await start(dataDir)
  await first.says(/^ready on /m)
  await queue(databaseIn(dataDir), 'nare@example.org')
  const page = await pageOfMailTo(first, 'nare@example.org')
  await known(first, page, 'delivered')

  process.kill(first.children().mail ?? NaN, 'SIGKILL')
  await first.says(/The stand-in for Resend is back/)
  expect(await textOf(first, page)).toContain('News for nare@example.org')
  // Its news comes in again too.
  await queue(databaseIn(dataDir), 'tigran@example.org')
  await known(first, await pageOfMailTo(first, 'tigran@example.org'), 'delivered')

  const family = first.children()
  first.signal('SIGTERM')
  await first.ended
  expect(Object.values(family).filter(isAlive)).toEqual([])
  const second = await start(dataDir)
  await second.says(/^ready on /m)
  expect(await textOf(second, page)).toContain('News for nare@example.org')
})

test('web and worker as two starts share the mailbox that the worker’s start has', async () => {
  const dataDir = await dataFolder()
  const database = await freshDatabase('seeded')
  try {
    const settings = { DATABASE_URL: database.url, PORT: String(await freePort()) }
    const web = await start(dataDir, { ...settings, ROLE: 'web' })
    await web.says(/^ready on /m)
    expect(web.children().mail).toBeUndefined()
    expect((await fetch(`${web.url}/sandbox/mail`)).status, 'nobody keeps it yet').toBe(503)

    const worker = await start(dataDir, { ...settings, ROLE: 'worker' })
    await worker.says(/^ready: the worker/m)
    await queue(database.url, 'nare@example.org')
    await known(web, await pageOfMailTo(web, 'nare@example.org'), 'delivered')
    for (const each of [worker, web]) {
      each.signal('SIGTERM')
      await each.ended
    }
  } finally {
    await database.drop()
  }
})

test('a sandbox that is reset has an empty mailbox and no payments, whether it is running or not', async () => {
  const dataDir = await dataFolder()
  const kept = ['resend', 'stripe'].map((service) => path.join(dataDir, `stand-in-${service}.kept.jsonl`))
  const reset = () =>
    promisify(execFile)(process.execPath, ['bin/command.mjs', 'db', 'reset', '--yes'], {
      cwd: projectRoot,
      env: { NODE_ENV: 'test', PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir },
    })
  const house = await start(dataDir)
  await house.says(/^ready on /m)
  await queue(databaseIn(dataDir), 'nare@example.org')
  await pageOfMailTo(house, 'nare@example.org')
  const { checkout } = deskIn(dataDir).stripe
  await checkout.sessions.create(aGift())
  await reset()
  expect(await textOf(house, '/sandbox/mail')).toContain('No mail yet')
  expect((await checkout.sessions.list()).data).toEqual([])

  house.signal('SIGTERM')
  await house.ended
  expect(kept.map(existsSync)).toEqual([true, true])
  await reset()
  expect(kept.map(existsSync)).toEqual([false, false])
})
