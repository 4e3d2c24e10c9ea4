import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { theCharity } from '#app/charity/charity.server.ts'
import { sayWhole } from '#app/charity/charity.ts'
import { pageMeta } from '#app/charity/page-meta.ts'
import { listPartners } from '#app/partners/partners.server.ts'
import { sayDay } from '#app/shared/dates.ts'
import { FigureNumber } from '#app/ui/figure-number.tsx'
import { Folded } from '#app/ui/folded.tsx'
import { Card, LinkList } from '#app/ui/link-list.tsx'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Pair } from '#app/ui/pair.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { Section } from '#app/ui/section.tsx'
import { ChangeList } from '../parts/change-list.tsx'
import { Limits } from '../parts/limits.tsx'
import { conclusionOf, eventsOf, figureOf, findingsOf, type Finding, type ReportContent } from '../report.ts'
import { frontReport } from '../reports.server.ts'

export const handle = { reading: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? pageMeta({
        title: data.report?.title,
        description: data.report
          ? `${data.report.kind}, ${sayDay(data.report.publishedOn)}: what was found, with its sources, and what a reader can do.`
          : data.charity.strapline,
        charity: data.charity.name,
        canonical: data.canonical,
      })
    : []

export async function loader({ context }: LoaderFunctionArgs) {
  const charity = await theCharity(context.reader)
  const report = await frontReport(context.reader)
  const partners = await listPartners(context.reader)
  return { charity, report, partner: partners[0] ?? null, canonical: canonicalAddress('/') }
}

export default function Home() {
  const { charity, report, partner, canonical } = useLoaderData<typeof loader>()
  if (!report) {
    return (
      <>
        <PageTitle lede={charity.about}>{charity.name}</PageTitle>
        <Prose text="No report is published here yet." />
      </>
    )
  }
  const latest = eventsOf(report).slice(0, 2)
  return (
    <>
      <PageTitle
        kicker={`${report.kind}, ${sayDay(report.publishedOn)}`}
        lede={`By ${sayWhole(charity)}, on information of ${report.informationDate}.`}
      >
        {report.title}
      </PageTitle>
      <Pair>
        <TheNumber report={report} />
        <Limits report={report} />
      </Pair>
      <Section title="What the report found">
        <LinkList ordered>
          {findingsOf(report).map((finding) => (
            <FindingCard key={finding.slug} finding={finding} />
          ))}
        </LinkList>
      </Section>
      <Conclusion report={report} />
      {latest.length > 0 ? (
        <Section title="What has changed since">
          <ChangeList changes={latest} level={3} />
          <p className="mt-6">
            <a href="/report#since">All that has changed since the report</a>
          </p>
        </Section>
      ) : null}
      <Section title="What you can do">
        <Prose text={charity.appealLine} />
        <div className="mt-6">
          <LinkList>
            <Card href="/donate" title="Give">
              For the work of one of the partners of {charity.name}, or for where it is most needed.
            </Card>
            <Card href="/report" title="Read the whole report">
              Every finding, what has changed since, and what {charity.name} has asked for, on one page.
            </Card>
            <Card href="/report#sources" title="Check it">
              Each claim says who makes it and where it comes from.
            </Card>
            {partner ? (
              <Card href={`/partners/${partner.slug}`} title={`Meet a partner: ${partner.name}`}>
                {partner.summary}
              </Card>
            ) : null}
            <Card href="/updates" title="Get updates">
              What happens next, and what {charity.name} does about it, by email.
            </Card>
            <Card href={mailWith(report.title, canonical)} title="Tell someone">
              Opens a message of your own with this page’s address: {canonical}
            </Card>
          </LinkList>
        </div>
      </Section>
    </>
  )
}

function TheNumber({ report }: { report: ReportContent }) {
  const found = figureOf(report)
  if (!found) return null
  return (
    <FigureNumber
      figure={found.figure.number}
      caption={
        <>
          {found.figure.caption}. <a href={`/report/findings/${found.finding.slug}`}>Where it comes from</a>
        </>
      }
    />
  )
}

function FindingCard({ finding }: { finding: Finding }) {
  return (
    <Card href={`/report/findings/${finding.slug}`} title={finding.title}>
      {finding.warning === null ? (
        <p>{finding.summary}</p>
      ) : (
        <Folded warning={finding.warning} summary="Show what was reported">
          <p>{finding.summary}</p>
        </Folded>
      )}
    </Card>
  )
}

function Conclusion({ report }: { report: ReportContent }) {
  const conclusion = conclusionOf(report)
  if (!conclusion) return null
  return (
    <Section title="What it concludes">
      <LinkList>
        <FindingCard finding={conclusion} />
      </LinkList>
    </Section>
  )
}

/** Opens the visitor's own mail program: this site neither learns nor stores whom they tell. */
function mailWith(subject: string, address: string): string {
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(address)}`
}
