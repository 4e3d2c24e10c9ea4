import type { ReactNode } from 'react'

/** Pages to go on to, one below the other. `ordered` numbers them, when their order says something. */
export function LinkList({ children, ordered = false }: { children: ReactNode; ordered?: boolean }) {
  const List = ordered ? 'ol' : 'ul'
  return <List className={ordered ? 'link-list-numbered' : 'link-list'}>{children}</List>
}

type CardProps = {
  href: string
  title: string
  /** The level of its heading: one below the heading that it stands under. */
  level?: 2 | 3
  /** One line above the title: a country, a date. */
  kicker?: ReactNode
  children?: ReactNode
}

/** One entry of a LinkList: a title that leads somewhere, and what is found there. */
export function Card({ href, title, level = 3, kicker, children }: CardProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <li>
      {kicker ? <p className="mb-1 font-sans text-note text-soft">{kicker}</p> : null}
      <Heading className="text-h3">
        <a href={href}>{title}</a>
      </Heading>
      {children ? <div className="mt-2 max-w-measure">{children}</div> : null}
    </li>
  )
}
