import { beforeAll, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { secondCharity } from '#tests/support/second-charity.ts'
import { saveCharity } from './charity.server.ts'
import { mailCharity } from './mail-charity.server.ts'

const { charity } = secondCharity

beforeAll(() => inTransaction((tx) => saveCharity(tx, charity)))

test('a mail names the charity as staff set it, and leads to its own site', async () => {
  expect(await mailCharity(db)).toMatchObject({
    name: charity.name,
    legalName: charity.legalName,
    legalLines: charity.legalLines,
    postalAddress: charity.postalAddress,
    accentLight: charity.accentLight,
    accentDark: charity.accentDark,
    siteUrl: env.appUrl,
    contactUrl: `${env.appUrl}/contact`,
  })
})

test('a mail from a sandbox says that it comes from one', async () => {
  expect(env.mode).toBe('sandbox')
  expect((await mailCharity(db)).testNotice).toContain('No money moves')
})
