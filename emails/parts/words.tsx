import type { CSSProperties, ReactNode } from 'react'
import { useEdition } from './edition.ts'
import { light, serif } from './look.ts'

type WordsProps = { children: ReactNode }

const reading: CSSProperties = { fontFamily: serif, color: light.ink }

/** What the mail is about. One a mail. */
export function Title({ children }: WordsProps) {
  return (
    <h1
      className="ink"
      style={{ ...reading, margin: '0 0 20px', fontSize: 28, lineHeight: '34px', fontWeight: 600 }}
    >
      {children}
    </h1>
  )
}

export function Paragraph({ children }: WordsProps) {
  return (
    <p className="ink" style={{ ...reading, margin: '0 0 18px', fontSize: 18, lineHeight: '28px' }}>
      {children}
    </p>
  )
}

type AddressProps = { href: string; colour: string }

/** A link in full, for whoever cannot press it, and on a line of its own in the text. */
export function Address({ href, colour }: AddressProps) {
  return useEdition() === 'text' ? (
    <>{href}</>
  ) : (
    <a href={href} className="accent" style={{ color: colour, overflowWrap: 'anywhere' }}>
      {href}
    </a>
  )
}
