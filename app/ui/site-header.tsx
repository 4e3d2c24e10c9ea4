import type { ReactNode } from 'react'

type SiteHeaderProps = {
  /** The charity's name; missing when even that could not be read. */
  name: string | undefined
  strapline: string | undefined
  /** Where the reader is: the path of this page. */
  path: string
  /** Said above everything on a site that is not live. */
  testNotice: ReactNode
}

const pages = [
  { href: '/report', label: 'Findings' },
  { href: '/partners', label: 'Partners' },
  { href: '/updates', label: 'Updates' },
]

/** Where a gift begins: from every page in one step. */
const GIVING = '/donate'

/** The head of every page: whose site it is, its main parts, and where to give. */
export function SiteHeader({ name, strapline, path, testNotice }: SiteHeaderProps) {
  return (
    <header className="border-t-8 border-b border-t-accent border-b-rule font-sans text-ui">
      {testNotice ? (
        <p className="border-b border-rule bg-sheet py-2 text-note">
          <span className="container-page block">
            <strong className="me-2 bg-ink px-2 py-0.5 text-paper print:border print:text-ink">
              Test site
            </strong>{' '}
            {testNotice}
          </span>
        </p>
      ) : null}
      <div className="container-page flex flex-wrap items-baseline justify-between gap-x-10 gap-y-1 py-4">
        <p>
          <a href="/" className="font-serif text-h2 font-semibold text-ink no-underline hover:underline">
            {name ?? 'Home'}
          </a>
          {strapline ? (
            <span className="block font-serif text-note text-soft italic sm:ms-4 sm:inline">{strapline}</span>
          ) : null}
        </p>
        <nav aria-label="Main" className="print:hidden">
          <ul className="-mx-2 flex flex-wrap items-center">
            {pages.map(({ href, label }) => (
              <li key={href}>
                <a
                  href={href}
                  aria-current={whereIn(path, href)}
                  className="block px-2 py-2 text-ink decoration-transparent underline-offset-8 hover:decoration-accent aria-[current]:decoration-accent aria-[current]:decoration-4"
                >
                  {label}
                </a>
              </li>
            ))}
            <li className="px-2">
              <a
                href={GIVING}
                aria-current={whereIn(path, GIVING)}
                className="block border-2 border-accent px-4 py-1.5 font-semibold no-underline hover:underline aria-[current]:underline aria-[current]:decoration-4"
              >
                Donate
              </a>
            </li>
          </ul>
        </nav>
      </div>
    </header>
  )
}

/** On the part's own page, on one below it, or elsewhere. */
function whereIn(path: string, part: string): 'page' | 'true' | undefined {
  if (path === part) return 'page'
  return path.startsWith(`${part}/`) ? 'true' : undefined
}
