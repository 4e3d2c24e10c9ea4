import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '../support/house.ts'
import { databaseIn, dataFolder, endAll, start } from './started.ts'
import { preparePaper, written } from './writers.ts'

afterEach(endAll)

test('a second start beside the first names the address of the first, and harms nothing', async () => {
  const dataDir = await dataFolder()
  const first = await start(dataDir)
  await first.says(/^ready on /m)
  const family = first.children()

  const second = await start(dataDir)
  expect(await second.ended).toEqual({ code: 1, signal: null })
  expect(second.output()).toContain(`already running: ${first.url.replace('127.0.0.1', 'localhost')}`)
  expect(second.output()).toContain(`process ${first.pid}`)

  expect(first.children()).toEqual(family)
  expect((await fetch(first.url)).status).toBe(200)
})

test('a killed start leaves no lock behind, and its data to the next one', async () => {
  const dataDir = await dataFolder()
  const first = await start(dataDir)
  await first.says(/^ready on /m)
  await preparePaper(databaseIn(dataDir))
  first.signal('SIGKILL')
  await first.ended

  const second = await start(dataDir)
  await second.says(/^ready on /m)
  expect(await written(databaseIn(dataDir))).toEqual(new Set())
})

test('when another program has the port, one sentence says which variable to set', async () => {
  const taken = createServer().listen(await freePort(), '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number }
  try {
    const dataDir = await dataFolder()
    const house = await start(dataDir, { PORT: String(port) })
    expect(await house.ended).toEqual({ code: 1, signal: null })
    expect(house.output()).toContain(`Another program is using port ${port}. End it, or set PORT`)
    expect(existsSync(path.join(dataDir, 'database')), 'nothing was begun').toBe(false)
  } finally {
    taken.close()
  }
})

test('half a configuration is refused with what is missing and the code that a service is not restarted on, and nothing stays behind', async () => {
  const dataDir = await dataFolder()
  const house = await start(dataDir, { STRIPE_SECRET_KEY: 'sk_test_nothing' })
  expect((await house.ended).code).toBe(78)
  expect(house.output()).toContain('SESSION_SECRET is missing')
  expect(house.children()).toEqual({})
  expect(existsSync(path.join(dataDir, 'database', 'postmaster.pid'))).toBe(false)
})

test('a sandbox started with .env.example makes its secrets once, for its owner alone', async () => {
  const dataDir = await dataFolder()
  const file = path.join(dataDir, 'secrets.json')
  const example = parseEnv(await readFile('.env.example', 'utf8')) as Record<string, string>
  for (const turn of ['first', 'second']) {
    const house = await start(dataDir, { ...example, DATA_DIR: dataDir, ROLE: 'worker' })
    await house.says(/^ready: the worker/m)
    house.signal('SIGTERM')
    await house.ended
    if (turn === 'first') await writeFile(`${file}.copy`, await readFile(file))
  }
  expect(await readFile(file, 'utf8')).toBe(await readFile(`${file}.copy`, 'utf8'))
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('a server that is not there is named with the variable that names it', async () => {
  const nobody = `127.0.0.1:${await freePort()}`
  const house = await start(await dataFolder(), { DATABASE_URL: `postgresql://someone@${nobody}/courage` })
  expect(await house.ended).toEqual({ code: 1, signal: null })
  expect(house.output()).toContain(
    `The database that DATABASE_URL names cannot be used: connect ECONNREFUSED ${nobody}`,
  )
})

test('a data folder that the database’s user cannot reach is refused with what to do about it', async (context) => {
  context.skip(process.getuid?.() !== 0, 'only root lends the database another user')
  const closed = await dataFolder()
  await chmod(closed, 0o700)
  const dataDir = path.join(closed, 'data')
  await mkdir(dataDir)
  const house = await start(dataDir)
  expect(await house.ended).toEqual({ code: 1, signal: null })
  expect(house.output()).toMatch(/cannot reach .*: move the clone .* or set DATA_DIR/)
})

test('a database of another version of PostgreSQL is left as it is', async () => {
  const dataDir = await dataFolder()
  await mkdir(path.join(dataDir, 'database'))
  await writeFile(path.join(dataDir, 'database', 'PG_VERSION'), '16\n')
  const house = await start(dataDir)
  expect(await house.ended).toEqual({ code: 1, signal: null })
  expect(house.output()).toMatch(/was made by PostgreSQL 16, and this version brings \d+/)
})

test('a data folder so deep that a socket’s name would not fit serves as well as any', async () => {
  const dataDir = path.join(await dataFolder(), 'deep'.repeat(10), 'deeper'.repeat(10))
  await mkdir(dataDir, { recursive: true })
  const house = await start(dataDir)
  await house.says(/^ready on /m)
  expect((await fetch(house.url)).status).toBe(200)
})
