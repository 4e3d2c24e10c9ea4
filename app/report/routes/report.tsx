import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { theCharity } from '#app/charity/charity.server.ts'
import { sayWhole } from '#app/charity/charity.ts'
import { pageMeta } from '#app/charity/page-meta.ts'
import { sayDay } from '#app/shared/dates.ts'
import { FigureNumber } from '#app/ui/figure-number.tsx'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { Section } from '#app/ui/section.tsx'
import { SourceList } from '#app/ui/source-list.tsx'
import { SourceNote } from '#app/ui/source-note.tsx'
import { AskList } from '../parts/ask-list.tsx'
import { ClaimList } from '../parts/claim-list.tsx'
import { FindingClaims } from '../parts/finding-claims.tsx'
import { Limits } from '../parts/limits.tsx'
import { Since } from '../parts/since.tsx'
import { StatusKey } from '../parts/status-key.tsx'
import { conclusionOf, findingsOf, sourcesOf, type Finding, type ReportContent } from '../report.ts'
import { frontReport } from '../reports.server.ts'

export const handle = { reading: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) =>
  loaded
    ? pageMeta({
        title: loaded.report.title,
        description:
          `${loaded.report.kind}, ${sayDay(loaded.report.publishedOn)}: the whole report, each claim with who makes it ` +
          `and where to check it.`,
        charity: loaded.charity.name,
        canonical: loaded.canonical,
      })
    : []

export async function loader({ context }: LoaderFunctionArgs) {
  const charity = await theCharity(context.reader)
  const report = await frontReport(context.reader)
  if (!report) throw data(null, { status: 404 })
  return { charity, report, canonical: canonicalAddress('/report') }
}

export default function Report() {
  const { charity, report } = useLoaderData<typeof loader>()
  const conclusion = conclusionOf(report)
  return (
    <>
      <PageTitle
        kicker={`${report.kind}, ${sayDay(report.publishedOn)}`}
        lede={`By ${sayWhole(charity)}, on information of ${report.informationDate}.`}
      >
        {report.title}
      </PageTitle>
      <Contents report={report} name={charity.name} />
      <Section id="purpose" title="Purpose">
        <Prose text={report.purpose} />
        <SourceNote sources={[report.source]} />
        {report.fullTextNote ? (
          <p className="mt-6 max-w-measure">
            {report.fullTextNote}{' '}
            {report.source.url ? (
              <a href={report.source.url} rel="external">
                Go to that page
              </a>
            ) : null}
          </p>
        ) : null}
      </Section>
      {report.context.length > 0 ? (
        <Section id="context" title="Context">
          <ClaimList claims={report.context} />
        </Section>
      ) : null}
      <Section id="findings" title="Findings">
        <Limits report={report} />
        <div className="space-y-14">
          {findingsOf(report).map((finding, position) => (
            <FindingPart key={finding.slug} finding={finding} title={`${position + 1}. ${finding.title}`} />
          ))}
        </div>
      </Section>
      {conclusion ? (
        <Section title="Conclusion">
          <FindingPart finding={conclusion} title={conclusion.title} />
        </Section>
      ) : null}
      <Since report={report} />
      {report.asks.length > 0 ? (
        <Section id="asked" title={`What ${charity.name} has asked for`} note="Newest first.">
          <AskList asks={report.asks} />
        </Section>
      ) : null}
      <Section id="help" title="What you can do">
        <Prose text={charity.appealLine} />
        <p className="mt-4 max-w-measure">
          <a href="/donate">Give</a>, or <a href="/updates">get updates</a> on what happens next.
        </p>
      </Section>
      <Section id="sources" title="Sources">
        <StatusKey report={report} />
        <div className="mt-8">
          <SourceList sources={sourcesOf(report)} />
        </div>
      </Section>
    </>
  )
}

function Contents({ report, name }: { report: ReportContent; name: string }) {
  const conclusion = conclusionOf(report)
  return (
    <div className="print:hidden">
      <Section id="contents" title="Contents">
        <nav aria-label="Contents" className="prose">
          <ul>
            <li>
              <a href="#purpose">Purpose</a>
            </li>
            {report.context.length > 0 ? (
              <li>
                <a href="#context">Context</a>
              </li>
            ) : null}
            <li>
              <a href="#findings">Findings</a>
              <ol className="list-decimal ps-7">
                {findingsOf(report).map(({ slug, title }) => (
                  <li key={slug}>
                    <a href={`#${slug}`}>{title}</a>
                  </li>
                ))}
              </ol>
            </li>
            {conclusion ? (
              <li>
                <a href={`#${conclusion.slug}`}>Conclusion: {conclusion.title}</a>
              </li>
            ) : null}
            {report.changes.length > 0 ? (
              <li>
                <a href="#since">What has changed since</a>
              </li>
            ) : null}
            {report.asks.length > 0 ? (
              <li>
                <a href="#asked">What {name} has asked for</a>
              </li>
            ) : null}
            <li>
              <a href="#help">What you can do</a>
            </li>
            <li>
              <a href="#sources">Sources</a>
            </li>
          </ul>
        </nav>
      </Section>
    </div>
  )
}

function FindingPart({ finding, title }: { finding: Finding; title: string }) {
  return (
    <section id={finding.slug} aria-labelledby={`${finding.slug}-title`}>
      <h3 id={`${finding.slug}-title`} className="mb-4 text-h3">
        {title}
      </h3>
      {finding.figure ? (
        <FigureNumber figure={finding.figure.number} caption={`${finding.figure.caption}.`} />
      ) : null}
      <FindingClaims finding={finding} />
      <p className="mt-4 font-sans text-note print:hidden">
        <a href={`/report/findings/${finding.slug}`}>
          {finding.kind === 'finding' ? 'This finding' : 'This conclusion'} on a page of its own
        </a>
      </p>
    </section>
  )
}
