import { explainStatus, sayStatus, statusesOf, type ReportContent } from '../report.ts'

/** What the words beside the claims mean: only those that this report uses. */
export function StatusKey({ report }: { report: Pick<ReportContent, 'context' | 'findings'> }) {
  return (
    <dl className="max-w-measure space-y-2">
      {statusesOf(report).map((status) => (
        <div key={status}>
          <dt className="inline font-semibold">{sayStatus(status)}: </dt>
          <dd className="inline">{explainStatus(status)}</dd>
        </div>
      ))}
    </dl>
  )
}
