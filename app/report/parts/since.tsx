import { Section } from '#app/ui/section.tsx'
import { eventsOf, responsesOf, type ReportContent } from '../report.ts'
import { ChangeList } from './change-list.tsx'

/** A report is of its time: what has changed since, newest first, and the responses to it. */
export function Since({ report }: { report: Pick<ReportContent, 'changes' | 'informationDate'> }) {
  if (report.changes.length === 0) return null
  const responses = responsesOf(report)
  return (
    <Section
      id="since"
      title="What has changed since"
      note={`The report speaks of ${report.informationDate}. Newest first.`}
    >
      <ChangeList changes={eventsOf(report)} level={3} />
      {responses.length > 0 ? (
        <>
          <h3 id="responses" className="mt-10 mb-5 text-h3">
            Responses
          </h3>
          <ChangeList changes={responses} level={4} />
        </>
      ) : null}
    </Section>
  )
}
