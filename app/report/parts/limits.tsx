import { Caveat } from '#app/ui/caveat.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { SourceNote } from '#app/ui/source-note.tsx'
import type { ReportContent } from '../report.ts'

/** The report's own caveat: it stands beside every list of findings. */
export function Limits({ report }: { report: Pick<ReportContent, 'caveat' | 'source'> }) {
  return (
    <Caveat title="The limits that the report states itself">
      <Prose text={report.caveat} />
      <SourceNote sources={[report.source]} />
    </Caveat>
  )
}
