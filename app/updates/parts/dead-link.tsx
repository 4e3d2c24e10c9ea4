import { PageTitle } from '#app/ui/page-title.tsx'

type DeadLinkProps = {
  outcome: 'expired' | 'unknown'
  /** Where a new one can be had, and what it is called there. */
  instead: { href: string; label: string }
}

/** A private link that opens nothing: why that may be, and what to do. */
export function DeadLink({ outcome, instead }: DeadLinkProps) {
  const words = {
    expired: {
      title: 'This link has expired',
      lede: 'It was made to work for a short time only, or a newer message has taken its place.',
    },
    unknown: {
      title: 'This link does not work',
      lede: 'If you copied it, check that all of it is there. It may also be so old that we have forgotten it.',
    },
  }
  return (
    <>
      <PageTitle lede={words[outcome].lede}>{words[outcome].title}</PageTitle>
      <p>
        <a href={instead.href}>{instead.label}</a>
      </p>
    </>
  )
}

/** The status of the answer: gone, or never there. */
export const deadLinkStatus = { expired: 410, unknown: 404 }
