import { afterEach, describe, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { partners as seeded } from '#prisma/seed/partners.ts'
import { secondCharity } from '#tests/support/second-charity.ts'
import type { Partner } from './partner.ts'
import { findPartner, installPartners, listPartners } from './partners.server.ts'

const diggers = secondCharity.partners[0] as Partner
const install = (...partners: Partner[]) => inTransaction((tx) => installPartners(tx, partners))

afterEach(async () => {
  await db.partner.deleteMany()
  await db.source.deleteMany()
})

describe('partners', () => {
  test('are read back as they were set, in their order', async () => {
    expect(await install(diggers, ...seeded)).toEqual({ outcome: 'installed' })
    expect((await listPartners(db)).map(({ slug }) => slug)).toEqual([diggers.slug, seeded[0]?.slug])
    expect(await findPartner(db, diggers.slug)).toEqual(diggers)
    expect((await findPartner(db, seeded[0]?.slug ?? ''))?.facts).toHaveLength(seeded[0]?.facts.length ?? 0)
  })

  test('become what the new text says, and leave no source behind', async () => {
    await install(...seeded)
    await install({ ...(seeded[0] as Partner), facts: diggers.facts })
    expect((await findPartner(db, seeded[0]?.slug ?? ''))?.facts).toEqual(diggers.facts)
    expect(await db.source.count()).toBe(1)
  })

  test('that others entered stay', async () => {
    await install(diggers)
    await install(...seeded)
    expect(await findPartner(db, diggers.slug)).toEqual(diggers)
  })

  test('with something wrong change nothing', async () => {
    await install(diggers)
    expect(await install({ ...diggers, name: '' })).toMatchObject({ outcome: 'refused' })
    expect(await findPartner(db, diggers.slug)).toEqual(diggers)
  })

  test('nobody knows are null', async () => {
    expect(await findPartner(db, 'nobody')).toBeNull()
  })

  test('cannot be spoken of, whatever writes, without a source', async () => {
    await install(diggers)
    const { id } = await db.partner.findFirstOrThrow()
    await expect(
      db.partnerFact.create({ data: { partnerId: id, position: 9, kind: 'history', statement: 'Hearsay' } }),
    ).rejects.toThrow()
    await expect(db.partnerFact.updateMany({ data: { figure: null } })).rejects.toThrow()
  })
})
