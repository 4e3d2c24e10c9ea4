import { SourceNote } from '#app/ui/source-note.tsx'
import { Timeline, TimelineEntry } from '#app/ui/timeline.tsx'
import type { Ask } from '../report.ts'

/** What the charity has asked representatives for, and whom. */
export function AskList({ asks }: { asks: Ask[] }) {
  return (
    <Timeline>
      {asks.map((ask) => (
        <TimelineEntry key={ask.anchor} id={ask.anchor} when={ask.when}>
          <h3 className="text-h3">{ask.addressee}</h3>
          <p className="mt-1">{ask.statement}</p>
          <SourceNote sources={ask.sources} />
        </TimelineEntry>
      ))}
    </Timeline>
  )
}
