import type { ReactNode } from 'react'

type FoldedProps = {
  /** What a reader should know before unfolding it: always in view. */
  warning: string
  /** What unfolds: "Show what was reported". */
  summary: string
  children: ReactNode
}

/** Something hard to read. It is told what it is about, and read only by those who unfold it. */
export function Folded({ warning, summary, children }: FoldedProps) {
  return (
    <div className="max-w-measure border-s-4 border-warn ps-5">
      <p>{warning}</p>
      <details className="mt-3">
        <summary className="w-fit cursor-pointer py-2 font-sans text-ui text-accent underline underline-offset-4">
          {summary}
        </summary>
        <div className="mt-3">{children}</div>
      </details>
    </div>
  )
}
