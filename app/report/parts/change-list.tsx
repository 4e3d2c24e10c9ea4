import { SourceNote } from '#app/ui/source-note.tsx'
import { Timeline, TimelineEntry } from '#app/ui/timeline.tsx'
import { sayChangeKind, type Change } from '../report.ts'

/** What has happened or been said since, each with its date and its source. */
export function ChangeList({ changes, level }: { changes: Change[]; level: 3 | 4 }) {
  const Heading = level === 3 ? 'h3' : 'h4'
  return (
    <Timeline>
      {changes.map((change) => (
        <TimelineEntry key={change.anchor} id={change.anchor} when={change.when}>
          <Heading className="text-h3 font-semibold">{change.title}</Heading>
          <p className="mt-1">{change.statement}</p>
          <p className="mt-2 font-sans text-note text-soft">
            {sayChangeKind(change.kind)}, according to {change.attributedTo}.{' '}
            <a href={`#${change.anchor}`}>Link to this entry</a>
          </p>
          <SourceNote sources={change.sources} />
        </TimelineEntry>
      ))}
    </Timeline>
  )
}
