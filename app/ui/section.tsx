import { useId, type ReactNode } from 'react'

type SectionProps = {
  title: string
  children: ReactNode
  /** The permanent anchor of this part of the page. */
  id?: string
  /** One line under the title: a date, a count. */
  note?: ReactNode
}

/** A titled part of a page. On wide screens its title stands beside the text, as a side-head does in a book. */
export function Section({ title, children, id, note }: SectionProps) {
  const titleId = useId()
  return (
    <section
      id={id}
      aria-labelledby={titleId}
      className="mt-12 grid gap-x-12 gap-y-5 border-t border-rule pt-6 lg:mt-16 lg:grid-cols-[15rem_minmax(0,1fr)] lg:pt-8"
    >
      <header>
        <h2 id={titleId} className="text-h2">
          {title}
        </h2>
        {note ? <p className="mt-2 font-sans text-note text-soft">{note}</p> : null}
      </header>
      <div className="min-w-0">{children}</div>
    </section>
  )
}
