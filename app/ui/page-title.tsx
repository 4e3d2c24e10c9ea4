import type { ReactNode } from 'react'

type PageTitleProps = {
  children: ReactNode
  /** One line above the title: what kind of page it is, of when. */
  kicker?: ReactNode
  /** The page in a sentence or two. */
  lede?: ReactNode
}

/** The one h1 of a page, with the line above and the sentence below it. */
export function PageTitle({ children, kicker, lede }: PageTitleProps) {
  return (
    <header className="mt-8 mb-10 lg:mt-14 lg:mb-14">
      {kicker ? <p className="mb-3 font-sans text-note text-soft">{kicker}</p> : null}
      <h1 className="max-w-headline text-h1">{children}</h1>
      {lede ? <p className="mt-5 max-w-[42rem] text-lede text-balance text-soft">{lede}</p> : null}
    </header>
  )
}
