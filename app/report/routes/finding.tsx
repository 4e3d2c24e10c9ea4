import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { theCharity } from '#app/charity/charity.server.ts'
import { pageMeta } from '#app/charity/page-meta.ts'
import { sayDay } from '#app/shared/dates.ts'
import { Breadcrumbs } from '#app/ui/breadcrumbs.tsx'
import { FigureNumber } from '#app/ui/figure-number.tsx'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Section } from '#app/ui/section.tsx'
import { FindingClaims } from '../parts/finding-claims.tsx'
import { Limits } from '../parts/limits.tsx'
import { Since } from '../parts/since.tsx'
import { StatusKey } from '../parts/status-key.tsx'
import type { Finding } from '../report.ts'
import { findFinding } from '../reports.server.ts'

export const handle = { reading: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) =>
  loaded
    ? pageMeta({
        title: `${loaded.finding.title} – ${loaded.report.title}`,
        // What stands behind a warning on the page does not stand open in search results.
        description: loaded.finding.warning ?? loaded.finding.summary,
        charity: loaded.charity.name,
        canonical: loaded.canonical,
      })
    : []

export async function loader({ context, params }: LoaderFunctionArgs) {
  const charity = await theCharity(context.reader)
  const found = await findFinding(context.reader, params.slug ?? '')
  if (!found) throw data(null, { status: 404 })
  return { charity, ...found, canonical: canonicalAddress(`/report/findings/${found.finding.slug}`) }
}

export default function FindingPage() {
  const { report, finding, previous, next } = useLoaderData<typeof loader>()
  const isConclusion = finding.kind === 'conclusion'
  return (
    <>
      <Breadcrumbs
        trail={[
          { label: 'Home', href: '/' },
          { label: report.title, href: '/report' },
        ]}
      />
      <PageTitle
        kicker={`${isConclusion ? 'Conclusion' : 'Finding'} of the ${report.kind}, ${sayDay(report.publishedOn)}`}
        lede={finding.warning === null ? finding.summary : undefined}
      >
        {finding.title}
      </PageTitle>
      {finding.figure ? (
        <FigureNumber figure={finding.figure.number} caption={`${finding.figure.caption}.`} />
      ) : null}
      <Section title="What is said, and by whom">
        <FindingClaims finding={finding} />
        <Limits report={report} />
        <StatusKey report={{ context: [], findings: [finding] }} />
      </Section>
      <Since report={report} />
      <nav aria-label="Findings" className="mt-12 border-t border-rule pt-6 font-sans text-ui print:hidden">
        <ul className="space-y-3">
          {previous ? <Neighbour word="Previous" finding={previous} /> : null}
          {next ? <Neighbour word="Next" finding={next} /> : null}
          <li>
            <a href="/report">The whole report</a>
          </li>
        </ul>
      </nav>
    </>
  )
}

function Neighbour({ word, finding }: { word: string; finding: Pick<Finding, 'slug' | 'title'> }) {
  return (
    <li>
      {word}: <a href={`/report/findings/${finding.slug}`}>{finding.title}</a>
    </li>
  )
}
