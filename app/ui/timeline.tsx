import type { ReactNode } from 'react'

/** Things that happened, in the order of their dates. */
export function Timeline({ children }: { children: ReactNode }) {
  return <ol className="max-w-measure space-y-8">{children}</ol>
}

type TimelineEntryProps = {
  /** The date as people say it: "24 to 30 September 2023". */
  when: string
  /** The permanent anchor of this entry. */
  id?: string
  children: ReactNode
}

export function TimelineEntry({ when, id, children }: TimelineEntryProps) {
  return (
    <li id={id} className="border-s-2 border-edge ps-5">
      <p className="mb-1 font-sans text-note font-semibold tabular-nums">{when}</p>
      {children}
    </li>
  )
}
