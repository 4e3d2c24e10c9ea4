import type { CSSProperties, ReactNode } from 'react'
import { useEdition } from './edition.ts'
import { light, serif } from './look.ts'

const reading: CSSProperties = { fontFamily: serif, color: light.ink }

/** What the mail is about. One a mail. */
export function Title({ children }: { children: ReactNode }) {
  return (
    <h1
      className="ink"
      style={{ ...reading, margin: '0 0 20px', fontSize: 28, lineHeight: '34px', fontWeight: 600 }}
    >
      {children}
    </h1>
  )
}

/** A paragraph, of whole sentences. */
export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <p className="ink" style={{ ...reading, margin: '0 0 18px', fontSize: 18, lineHeight: '28px' }}>
      {children}
    </p>
  )
}

/** For whom the button does nothing: its address in full. The text edition has it already, below the button's words. */
export function ButtonAddress({ href, colour }: { href: string; colour: string }) {
  if (useEdition() === 'text') return null
  return (
    <Paragraph>
      If the button does nothing, copy this address into your browser:
      <br />
      <a href={href} className="accent" style={{ color: colour, wordBreak: 'break-all' }}>
        {href}
      </a>
    </Paragraph>
  )
}
