import { afterEach, describe, expect, test } from 'vitest'
import type { Source } from '#app/charity/source.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { report as seeded } from '#prisma/seed/report.ts'
import { secondCharity } from '#tests/support/second-charity.ts'
import { installReport } from './install-report.server.ts'
import type { Claim, Finding, ReportContent } from './report.ts'
import { findFinding, frontReport } from './reports.server.ts'

const { report } = secondCharity
const [salt, dam] = report.findings as [Finding, Finding]
const install = (content: ReportContent) => inTransaction((tx) => installReport(tx, content))

/** Sources of one claim have no order of their own. */
function sorted(content: ReportContent | null): ReportContent | null {
  return (
    content && {
      ...content,
      context: content.context.map(withSources),
      findings: content.findings.map((finding) => ({ ...finding, claims: finding.claims.map(withSources) })),
      changes: content.changes.map(withSources),
      asks: content.asks.map(withSources),
    }
  )
}

function withSources<Sourced extends { sources: Source[] }>(sourced: Sourced): Sourced {
  return { ...sourced, sources: [...sourced.sources].sort((a, b) => a.slug.localeCompare(b.slug)) }
}

afterEach(async () => {
  await db.report.deleteMany()
  await db.source.deleteMany()
})

describe('a report', () => {
  test.each([
    ['the first', seeded],
    ['another', report],
  ])('is read back as it was set (%s)', async (_which, content) => {
    expect(await install(content)).toEqual({ outcome: 'installed' })
    expect(sorted(await frontReport(db))).toEqual(sorted(content))
  })

  test('set twice is there once', async () => {
    await install(seeded)
    const rows = await counts()
    await install(seeded)
    expect(await counts()).toEqual(rows)
    expect(sorted(await frontReport(db))).toEqual(sorted(seeded))
  })

  test('becomes what the new text says: places exchanged, the number moved, one finding gone, one come', async () => {
    await install(report)
    const moved: Finding = { ...salt, slug: 'a-new-finding', figure: null, claims: [claimOf(dam)] }
    const changed: ReportContent = {
      ...report,
      context: [claimOf(salt)],
      findings: [
        {
          ...dam,
          claims: [{ ...claimOf(dam), anchor: 'said-anew' }],
          figure: { number: '1', caption: 'dam' },
        },
        moved,
      ],
    }
    expect(await install(changed)).toEqual({ outcome: 'installed' })
    expect(sorted(await frontReport(db))).toEqual(sorted(changed))
  })

  test('keeps the rows of findings and claims by their names, so that what refers to them stays true', async () => {
    await install(report)
    const before = await db.finding.findFirstOrThrow({ where: { slug: dam.slug }, include: { claims: true } })
    await install({ ...report, findings: [{ ...dam, title: 'The dam' }, salt] })
    const after = await db.finding.findFirstOrThrow({ where: { slug: dam.slug }, include: { claims: true } })
    expect(after).toMatchObject({ id: before.id, title: 'The dam', position: 0 })
    expect(after.claims[0]?.id).toBe(before.claims[0]?.id)
  })

  test('leaves no source behind on which nothing rests', async () => {
    await install(report)
    await install({ ...report, findings: [dam] })
    expect((await db.source.findMany()).map(({ slug }) => slug)).toEqual(['wells-report'])
  })

  test('with something wrong changes nothing', async () => {
    await install(report)
    const answer = await install({ ...report, title: 'Another', findings: [{ ...salt, claims: [] }] })
    expect(answer).toEqual({
      outcome: 'refused',
      problems: [{ problem: 'no-claim', finding: 'Salt in the wells' }],
    })
    expect(sorted(await frontReport(db))).toEqual(sorted(report))
  })

  test('waits while another is on the front page', async () => {
    await install(seeded)
    expect(await install(report)).toEqual({
      outcome: 'refused',
      problems: [{ problem: 'another-front', title: seeded.title }],
    })
    expect(await install({ ...report, isFront: false })).toEqual({ outcome: 'installed' })
    expect((await frontReport(db))?.slug).toBe(seeded.slug)
  })

  test('that nobody put in front is not shown', async () => {
    await install({ ...report, isFront: false })
    expect(await frontReport(db)).toBeNull()
    expect(await findFinding(db, salt.slug)).toBeNull()
  })
})

describe('a finding', () => {
  test('knows its neighbours', async () => {
    await install(report)
    const found = await findFinding(db, dam.slug)
    expect(found?.finding.title).toBe('A broken dam')
    expect(found?.previous?.slug).toBe(salt.slug)
    expect(found?.next).toBeNull()
    expect(await findFinding(db, 'no-such-finding')).toBeNull()
  })
})

describe('whatever writes to the database, it refuses', () => {
  const id = async () => (await db.report.findFirstOrThrow()).id

  test('a second report in front', async () => {
    await install(report)
    await install({ ...seeded, isFront: false })
    await expect(db.report.updateMany({ data: { isFront: true } })).rejects.toThrow()
  })

  test('a second number, and a number without what it counts', async () => {
    await install(report)
    const where = { reportId: await id(), slug: dam.slug }
    await expect(
      db.finding.updateMany({ where, data: { figure: '2', figureCaption: 'dams' } }),
    ).rejects.toThrow()
    await expect(
      db.finding.updateMany({ where: { slug: salt.slug }, data: { figureCaption: null } }),
    ).rejects.toThrow()
  })

  test('a second conclusion', async () => {
    await install(report)
    await expect(db.finding.updateMany({ data: { kind: 'conclusion' } })).rejects.toThrow()
  })

  test('a report without its limits', async () => {
    await install(report)
    await expect(db.report.updateMany({ data: { caveat: '' } })).rejects.toThrow()
  })

  test('an address that is not well-formed', async () => {
    await install(report)
    await expect(
      db.finding.updateMany({ where: { slug: dam.slug }, data: { slug: 'A Dam' } }),
    ).rejects.toThrow()
    await expect(db.claim.updateMany({ data: { anchor: '"><script>' } })).rejects.toThrow()
    await expect(db.source.updateMany({ data: { url: 'javascript:alert(1)' } })).rejects.toThrow()
  })

  test('a claim without a source, at the end of the transaction that leaves it so', async () => {
    await install(report)
    await expect(db.claim.updateMany({ data: { statement: 'Still sourced.' } })).resolves.toBeDefined()
    await expect(db.$executeRaw`delete from "_ClaimToSource"`).rejects.toThrow('has no source')
    await expect(db.source.deleteMany({ where: { slug: 'wells-report' } })).rejects.toThrow()
    expect(sorted(await frontReport(db))).not.toBeNull()
  })

  test('a claim that stands in one report and in a finding of another', async () => {
    await install(report)
    await install({ ...seeded, isFront: false })
    const other = await db.finding.findFirstOrThrow({ where: { report: { slug: seeded.slug } } })
    const own = await db.claim.findFirstOrThrow({ where: { report: { slug: report.slug } } })
    await expect(
      db.claim.updateMany({ where: { id: own.id }, data: { findingId: other.id } }),
    ).rejects.toThrow()
  })
})

function claimOf(finding: Finding): Claim {
  return finding.claims[0] as Claim
}

async function counts() {
  return {
    findings: await db.finding.count(),
    claims: await db.claim.count(),
    changes: await db.change.count(),
    asks: await db.ask.count(),
    sources: await db.source.count(),
  }
}
