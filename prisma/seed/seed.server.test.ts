import { beforeEach, describe, expect, test } from 'vitest'
import { findCharity, saveCharity, theCharity } from '#app/charity/charity.server.ts'
import { listPartners } from '#app/partners/partners.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { frontReport } from '#app/report/reports.server.ts'
import { charity } from './charity.ts'
import { report } from './report.ts'
import { seedWhenEmpty } from './seed.ts'

const seed = (mode: 'sandbox' | 'test' | 'live') => inTransaction((tx) => seedWhenEmpty(tx, mode))

beforeEach(async () => {
  // Row by row: truncating would reach the books, which refuse it.
  await db.report.deleteMany()
  await db.partner.deleteMany()
  await db.source.deleteMany()
  await db.charity.deleteMany()
})

describe('an empty database', () => {
  test('is filled with the charity, the report and the partners', async () => {
    expect(await seed('live')).toEqual({ outcome: 'seeded' })
    expect(await findCharity(db)).toEqual(charity)
    expect((await frontReport(db))?.title).toBe(report.title)
  })

  test('of a live installation gets no samples', async () => {
    await seed('live')
    expect((await listPartners(db)).filter(({ isSample }) => isSample)).toEqual([])
    expect(await listPartners(db)).toHaveLength(1)
  })

  test.each(['live', 'test'] as const)('of a %s installation gets no account that is none', async (mode) => {
    await seed(mode)
    expect((await theCharity(db)).bankDetails).toEqual([])
  })

  test('of a sandbox gets an account to show, which says in each line that it is a sample', async () => {
    await seed('sandbox')
    const { bankDetails } = await theCharity(db)
    expect(bankDetails).not.toEqual([])
    for (const line of bankDetails) expect(line).toMatch(/sample/i)
  })

  test.each(['sandbox', 'test'] as const)('of a %s gets samples too', async (mode) => {
    await seed(mode)
    expect((await listPartners(db)).filter(({ isSample }) => isSample)).not.toEqual([])
  })
})

test('a database that holds a charity stays as its staff left it', async () => {
  await seed('live')
  await inTransaction((tx) => saveCharity(tx, { ...charity, contactEmail: 'office@charity.example' }))
  expect(await seed('live')).toEqual({ outcome: 'not-empty' })
  expect((await theCharity(db)).contactEmail).toBe('office@charity.example')
})
