import { describe, expect, test } from 'vitest'
import { report as seeded } from '#prisma/seed/report.ts'
import { secondCharity } from '#tests/support/second-charity.ts'
import { checkReport, sayReportProblem, sectionAnchors } from './report-rules.ts'
import type { Claim, Finding, ReportContent } from './report.ts'

const report = secondCharity.report
const [salt, dam] = report.findings as [Finding, Finding]
const claim = salt.claims[0] as Claim

const words = (changes: Partial<ReportContent>) =>
  checkReport({ ...report, ...changes }).map(sayReportProblem)

describe('staff who set a report', () => {
  test('hear nothing when nothing is wrong', () => {
    expect(checkReport(report)).toEqual([])
    expect(checkReport(seeded)).toEqual([])
  })

  test('cannot leave out the limits of the report', () => {
    expect(words({ caveat: ' \n' })).toEqual([
      '"What the Water Left" must say what limits it has: readers see them beside every list of findings.',
    ])
  })

  test('cannot claim anything without a source', () => {
    expect(words({ context: [{ ...claim, anchor: 'flood', sources: [] }] })).toEqual([
      '"flood" has no source: say where a reader can check it.',
    ])
  })

  test('cannot list a finding that says nothing', () => {
    expect(words({ findings: [{ ...salt, claims: [] }] })).toEqual([
      'The finding "Salt in the wells" says nothing yet: add at least one claim.',
    ])
  })

  test('cannot show two numbers, for one is what people remember', () => {
    expect(words({ findings: [salt, { ...dam, figure: { number: '2', caption: 'dams' } }] })).toEqual([
      'Only one finding can show a number, and these do: Salt in the wells; A broken dam.',
    ])
  })

  test('cannot show a number without what it counts', () => {
    expect(words({ findings: [{ ...salt, figure: { number: '1 in 3', caption: '' } }] })).toEqual([
      'The number of the finding "Salt in the wells" needs both the number and what it counts.',
    ])
  })

  test('draw one conclusion at most, and after the findings', () => {
    expect(words({ findings: [{ ...salt, kind: 'conclusion' }, dam] })).toEqual([
      'The conclusion "Salt in the wells" must stand after all findings.',
    ])
    expect(
      words({ findings: [salt, dam].map((each) => ({ ...each, kind: 'conclusion' as const })) }),
    ).toEqual([
      'A report has one conclusion at most, and these are marked as one: Salt in the wells; A broken dam.',
    ])
  })

  test('give addresses that can be read aloud', () => {
    expect(words({ slug: 'What the Water left' })[0]).toContain('lower-case letters, digits and hyphens')
    expect(words({ findings: [{ ...salt, slug: '-salt' }] })[0]).toContain('"-salt"')
    expect(words({ context: [{ ...claim, anchor: 'a b' }] })).toEqual([
      'The anchor "a b" must be lower-case letters, digits and hyphens.',
    ])
  })

  test('give each place of the page a name of its own: claims, findings and the page’s own parts', () => {
    const twice = (anchor: string) =>
      `Two places on the report's page are called "${anchor}": give one of them another anchor.`
    expect(words({ context: [claim] })).toEqual([twice('every-third-well')])
    expect(words({ context: [{ ...claim, anchor: 'a-broken-dam' }] })).toEqual([twice('a-broken-dam')])
    for (const anchor of sectionAnchors)
      expect(words({ context: [{ ...claim, anchor }] })).toEqual([twice(anchor)])
    expect(words({ findings: [salt, { ...dam, slug: salt.slug }] })).toContain(
      'Two findings have the address "salt-in-the-wells": give one of them another.',
    )
  })

  test('give dates that are in the calendar', () => {
    expect(words({ publishedOn: '2031-02-30' })).toEqual([
      '"2031-02-30", the date of "What the Water Left", is not a day like 2020-12-03.',
    ])
  })
})
