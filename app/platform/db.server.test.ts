import { beforeAll, expect, test } from 'vitest'
import { startFromSeed } from '#tests/support/database.ts'
import { db, inSnapshot, inTransaction, pool } from './db.server.ts'
import { describeFault } from './fault.ts'

beforeAll(startFromSeed)

test('two parts of a page that read at once share one moment, and one connection, without a warning', async () => {
  const warnings: string[] = []
  const listen = (warning: Error) => warnings.push(warning.message)
  process.on('warning', listen)
  await db.heartbeat.create({ data: { name: 'first', at: new Date(0) } })
  const counts = await inSnapshot(async (reader) => {
    const [before] = await Promise.all([
      reader.heartbeat.count(),
      reader.charity.findMany(),
      reader.report.findMany({
        include: { findings: true, claims: { include: { sources: true } }, changes: true },
      }),
    ])
    await db.heartbeat.create({ data: { name: 'second', at: new Date(0) } })
    const [after] = await Promise.all([reader.heartbeat.count(), reader.source.count()])
    return [before, after]
  })
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', listen)
  expect(counts).toEqual([1, 1])
  expect(await db.heartbeat.count()).toBe(2)
  expect(warnings).toEqual([])
})

test('what fails in a transaction leaves nothing behind, and the connection goes on', async () => {
  const work = inTransaction(async (tx) => {
    await tx.heartbeat.create({ data: { name: 'third', at: new Date(0) } })
    await tx.$executeRaw`select 1 / 0`
  })
  await expect(work).rejects.toThrow(/division by zero/)
  expect(await db.heartbeat.findUnique({ where: { name: 'third' } })).toBeNull()
})

test('an error that ends in a log does not repeat what was to be written', async () => {
  const name = 'ani@example.org'
  await db.heartbeat.create({ data: { name, at: new Date(0) } })
  const failures = [
    () => db.heartbeat.create({ data: { name, at: new Date(0) } }),
    () => db.heartbeat.create({ data: { name, at: 'no time at all' as unknown as Date } }),
    () => db.$queryRaw`select ${name}::uuid`,
    () => pool.query('insert into heartbeat (name, at) values ($1, now())', [name]),
    () => pool.query(`select '${name}'::uuid`),
  ]
  for (const fail of failures) {
    const error = await Promise.resolve(fail()).then(
      () => 'it went well',
      (thrown: unknown) => thrown,
    )
    const noted = describeFault(error)
    expect(JSON.stringify(noted)).not.toContain(name)
    expect(noted.at?.length).toBeGreaterThan(0)
  }
})
