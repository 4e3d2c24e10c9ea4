import type { Claim, ReportContent } from '#app/report/report.ts'
import { asks } from './asks.ts'
import { changes } from './changes.ts'
import { findings } from './findings.ts'
import { reportPage } from './sources.ts'

const context: Claim[] = [
  {
    anchor: 'offensive',
    statement:
      'HART says that on 27 September 2020 Azerbaijan and Turkey launched a joint military offensive ' +
      'against the civilian population of Nagorno Karabakh.',
    attribution: 'charity',
    attributedTo: 'HART',
    status: 'reported',
    informationDate: '27 September 2020',
    sources: [reportPage],
  },
  {
    anchor: 'ceasefire',
    statement:
      'A ceasefire was agreed, HART says, after 45 days of fighting; by that count on 10 November 2020.',
    attribution: 'charity',
    attributedTo: 'HART',
    status: 'reported',
    informationDate: 'November 2020',
    sources: [reportPage],
  },
  {
    anchor: 'remaining-concerns',
    statement:
      'HART says that after the ceasefire serious humanitarian and security concerns remain, the more so under COVID-19.',
    attribution: 'charity',
    attributedTo: 'HART',
    status: 'reported',
    informationDate: 'December 2020',
    sources: [reportPage],
  },
]

export const report: ReportContent = {
  slug: 'grief-and-courage-in-nagorno-karabakh',
  title: 'Grief and Courage in Nagorno Karabakh',
  kind: 'HART visit report',
  publishedOn: '2020-12-03',
  informationDate: 'November 2020',
  purpose:
    'HART went to Armenia and Nagorno Karabakh in November 2020 to deliver aid to its partners at the Lady Cox ' +
    'Rehabilitation Centre. Its people also met refugees, human-rights experts and the Presidents of Armenia and ' +
    'Nagorno Karabakh.',
  caveat:
    'HART states the limits itself: it could meet only a limited number of people, so its evidence is limited. ' +
    'It found what they told it consistent, and “inherently disturbing”.',
  fullTextNote: 'HART offers the full report as a PDF to download, on its own page about the report.',
  isFront: true,
  source: reportPage,
  context,
  findings,
  changes,
  asks,
}
