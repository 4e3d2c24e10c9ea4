import { Fragment } from 'react'
import type { CSSProperties } from 'react'
import type { MailCharity } from '../email.ts'
import { useEdition } from './edition.ts'
import { light, sans } from './look.ts'

export type FooterLink = { label: string; href: string }

type FooterProps = {
  charity: MailCharity
  /** Why this person gets this mail, in a sentence. */
  why: string
  /** The reader's own links, before those of the charity. */
  links: FooterLink[]
}

const note: CSSProperties = {
  margin: '0 0 14px',
  fontFamily: sans,
  fontSize: 15,
  lineHeight: '23px',
  color: light.soft,
}

/** The foot of every mail: why it came, what the reader can do about it, and who answers for it. */
export function Footer({ charity, why, links }: FooterProps) {
  const all = [
    ...links,
    { label: `${charity.name} on the web`, href: charity.siteUrl },
    { label: `Write to ${charity.name}`, href: charity.contactUrl },
  ]
  return (
    <>
      <p className="soft" style={note}>
        {why}
      </p>
      {all.map((link) => (
        <FooterLinkLine key={link.label} {...link} colour={charity.accentLight} />
      ))}
      <p className="soft" style={{ ...note, margin: '14px 0 0' }}>
        <Lines lines={[charity.legalName, ...charity.legalLines, ...charity.postalAddress]} />
      </p>
    </>
  )
}

function FooterLinkLine({ label, href, colour }: FooterLink & { colour: string }) {
  if (useEdition() === 'text') {
    return (
      <p>
        {label}:
        <br />
        {href}
      </p>
    )
  }
  return (
    <p className="soft" style={{ ...note, margin: 0 }}>
      <a href={href} className="accent" style={{ display: 'inline-block', padding: '5px 0', color: colour }}>
        {label}
      </a>
    </p>
  )
}

function Lines({ lines }: { lines: string[] }) {
  return lines.map((line, at) => (
    <Fragment key={at}>
      {at > 0 ? <br /> : null}
      {line}
    </Fragment>
  ))
}
