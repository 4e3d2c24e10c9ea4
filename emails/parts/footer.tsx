import type { CSSProperties, ReactNode } from 'react'
import { Fragment } from 'react'
import type { MailCharity } from '../email.ts'
import { useEdition } from './edition.ts'
import { light, sans } from './look.ts'

export type FooterLink = { label: string; href: string }

type FooterProps = {
  charity: MailCharity
  /** Why this person gets this mail, in a sentence. */
  why: string
  /** The reader's own links; those of the charity follow. */
  links: FooterLink[]
}

/** The foot of every mail: why it came, what the reader can do about it, and who answers for it. */
export function Footer({ charity, why, links }: FooterProps) {
  const all = [
    ...links,
    { label: `Write to ${charity.name}`, href: charity.contactUrl },
    { label: `${charity.name} on the web`, href: charity.siteUrl },
  ]
  const imprint = [charity.legalName, ...charity.legalLines, ...charity.postalAddress]
  return (
    <>
      <p className="soft" style={note}>
        {why}
      </p>
      <p className="soft" style={note}>
        {lineByLine(
          all.map((link) => <FooterLinkLine key={link.label} {...link} colour={charity.accentLight} />),
        )}
      </p>
      <p className="soft" style={{ ...note, margin: 0 }}>
        {lineByLine(imprint)}
      </p>
    </>
  )
}

function FooterLinkLine({ label, href, colour }: FooterLink & { colour: string }) {
  if (useEdition() === 'text') {
    return (
      <>
        {label}:
        <br />
        {href}
      </>
    )
  }
  return (
    <a href={href} className="accent" style={{ display: 'inline-block', padding: '4px 0', color: colour }}>
      {label}
    </a>
  )
}

function lineByLine(lines: ReactNode[]): ReactNode {
  return lines.map((line, at) => (
    <Fragment key={at}>
      {at > 0 ? <br /> : null}
      {line}
    </Fragment>
  ))
}

const note: CSSProperties = {
  margin: '0 0 16px',
  fontFamily: sans,
  fontSize: 15,
  lineHeight: '23px',
  color: light.soft,
}
