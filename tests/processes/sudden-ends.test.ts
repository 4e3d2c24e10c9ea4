import { afterEach, expect, test } from 'vitest'
import {
  databaseIn,
  dataFolder,
  endAll,
  isAlive,
  postmasterOf,
  start,
  until,
  type Started,
} from './started.ts'
import { preparePaper, startWriters, written, type Writers } from './writers.ts'

afterEach(endAll)

test('whichever process is killed while people write, nothing that was confirmed to them is lost', async () => {
  const dataDir = await dataFolder()
  let house = await start(dataDir)
  await house.says(/^ready on /m)
  await preparePaper(databaseIn(dataDir))

  for (const victim of ['web', 'worker', 'postgres'] as const) {
    const confirmed = await killWhileWriting(dataDir, house, house.children()[victim])
    await until(`all is well again after ${victim}`, () => isWhole(house))
    await expectAll(dataDir, confirmed)
  }

  const family = house.children()
  const confirmed = await killWhileWriting(dataDir, house, house.pid)
  await until(
    'web and worker have followed it',
    () => !isAlive(family.web ?? 0) && !isAlive(family.worker ?? 0),
  )
  expect(isAlive(family.postgres), 'the database waits a little for its visitors').toBe(true)
  house = await start(dataDir)
  await house.says(/^ready on /m)
  expect(postmasterOf(dataDir), 'a database of its own').toBe(house.children().postgres)
  expect(isAlive(family.postgres), 'the database that was left behind').toBe(false)
  await expectAll(dataDir, confirmed)
})

test('after a power cut the next start has everything that was confirmed', async () => {
  const dataDir = await dataFolder()
  const house = await start(dataDir)
  await house.says(/^ready on /m)
  await preparePaper(databaseIn(dataDir))
  const { web, worker, postgres } = house.children()
  const confirmed = await killWhileWriting(dataDir, house, house.pid, web, worker, postgres)

  const next = await start(dataDir)
  await next.says(/^ready on /m)
  await expectAll(dataDir, confirmed)
})

test('when the database dies again and again, everything ends and says where to look', async () => {
  const dataDir = await dataFolder()
  const house = await start(dataDir)
  await house.says(/^ready on /m)
  process.kill(house.children().postgres ?? 0, 'SIGKILL')
  await house.says(/The database is back/)
  const family = house.children()
  process.kill(family.postgres ?? 0, 'SIGKILL')
  expect(await house.ended).toEqual({ code: 1, signal: null })
  expect(house.output()).toMatch(/The database ended unexpectedly .* again\. .*database\.log/)
  for (const member of Object.values(family)) expect(isAlive(member)).toBe(false)
})

/** Kills processes while writers are at work, and returns what had been confirmed, during and after. */
async function killWhileWriting(
  dataDir: string,
  house: Started,
  ...victims: (number | undefined)[]
): Promise<number[]> {
  const writers = startWriters(databaseIn(dataDir))
  await manyMore(writers)
  for (const victim of victims) process.kill(victim ?? NaN, 'SIGKILL')
  await until('they are gone', () => !victims.some(isAlive))
  // With the database up, or up again, people go on writing.
  if (isAlive(house.pid)) await manyMore(writers)
  return writers.stop()
}

async function manyMore(writers: Writers): Promise<void> {
  const before = writers.acknowledged().length
  await until('more rows are confirmed', () => writers.acknowledged().length >= before + 100)
}

async function expectAll(dataDir: string, confirmed: number[]): Promise<void> {
  const there = await written(databaseIn(dataDir))
  expect(confirmed.length).toBeGreaterThan(0)
  expect(confirmed.filter((line) => !there.has(line))).toEqual([])
}

async function isWhole(house: Started): Promise<boolean> {
  const { web, worker, postgres } = house.children()
  if (!web || !worker || !postgres) return false
  return (await fetch(`${house.url}/readyz`).catch(() => undefined))?.status === 200
}
