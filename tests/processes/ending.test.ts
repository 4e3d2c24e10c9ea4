import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { databaseIn, dataFolder, endAll, isAlive, start, until } from './started.ts'

afterEach(endAll)

/** design: SIGTERM ends every process within this time. */
const SECONDS = 10

test('npm start that is told to end answers whoever is waiting, and then ends all of it', async () => {
  const dataDir = await dataFolder()
  const house = await start(dataDir, {}, ['npm', 'start'])
  await house.says(/^ready on /m)
  const family = [house.pid, ...Object.values(house.children())]
  const database = new pg.Client({ connectionString: databaseIn(dataDir) })
  database.on('error', () => undefined)
  await database.connect()

  // The page cannot be read while somebody holds the table.
  await database.query('begin; lock table report in access exclusive mode')
  const answer = fetch(`${house.url}/report`)
  await until('the request waits', async () => {
    const { rows } = await database.query('select pid from pg_locks where not granted')
    return rows.length > 0
  })
  house.signal('SIGTERM')
  await house.says(/^Ending/m)
  await database.query('commit')
  await database.end()

  expect((await answer).status).toBe(200)
  expect(await (await answer).text()).toContain('</html>')
  await until('every process has ended', () => !family.some(isAlive), SECONDS)
  expect(await house.ended).toEqual({ code: 0, signal: null })
})

test('a process that does not listen holds nobody up for long', async () => {
  const house = await start(await dataFolder())
  await house.says(/^ready on /m)
  const { web = 0, worker = 0, postgres = 0 } = house.children()
  process.kill(worker, 'SIGSTOP')
  house.signal('SIGINT')
  await until('every process has ended', () => ![house.pid, web, worker, postgres].some(isAlive), SECONDS)
  expect(await house.ended).toEqual({ code: 0, signal: null })
})

test('told to end while it is still starting, it ends and leaves nothing running', async () => {
  const house = await start(await dataFolder())
  await house.says(/^Starting the database/m)
  const { postgres = 0 } = house.children()
  house.signal('SIGTERM')
  expect(await house.ended).toEqual({ code: 130, signal: null })
  expect(isAlive(postgres)).toBe(false)
  expect(house.children()).toEqual({})
})
