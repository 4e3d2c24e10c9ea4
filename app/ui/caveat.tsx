import { useId, type ReactNode } from 'react'

type CaveatProps = { title: string; children: ReactNode }

/** What limits everything that stands near it, in its author's words: read with it, not after it. */
export function Caveat({ title, children }: CaveatProps) {
  const titleId = useId()
  return (
    <aside
      role="note"
      aria-labelledby={titleId}
      className="my-8 first:mt-0 max-w-measure border border-edge bg-sheet p-5 font-serif sm:px-6"
    >
      <p id={titleId} className="font-sans text-note font-semibold">
        {title}
      </p>
      <div className="mt-2">{children}</div>
    </aside>
  )
}
