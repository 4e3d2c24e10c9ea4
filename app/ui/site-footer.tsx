type SiteFooterProps = {
  /** The charity's registered name; missing when even that could not be read. */
  legalName: string | undefined
  /** Each line as the law asks for it. */
  legalLines: string[]
}

const pages = [
  { href: '/donate', label: 'Donate' },
  { href: '/contact', label: 'Contact' },
  { href: '/me', label: 'Change or stop updates' },
  { href: '/privacy', label: 'Privacy' },
  { href: '/accessibility', label: 'Accessibility' },
]

/** The foot of every page: who answers for it, and the pages that every site owes its readers. */
export function SiteFooter({ legalName, legalLines }: SiteFooterProps) {
  return (
    <footer className="mt-20 border-t border-rule bg-sheet font-sans text-note text-soft print:mt-8 print:bg-transparent">
      <div className="container-page flex flex-wrap justify-between gap-x-16 gap-y-8 py-10">
        <div className="max-w-[28rem]">
          {legalName ? <p className="font-semibold text-ink">{legalName}</p> : null}
          {legalLines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          <p className="mt-4">
            This site runs on Courage, free software under the{' '}
            <a href="https://www.gnu.org/licenses/agpl-3.0.html" rel="external license">
              GNU Affero General Public License
            </a>
            .
          </p>
        </div>
        <nav aria-label="About this site" className="print:hidden">
          <ul>
            {pages.map(({ href, label }) => (
              <li key={href}>
                <a href={href} className="inline-block py-1.5">
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </footer>
  )
}
