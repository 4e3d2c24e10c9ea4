import type { CSSProperties } from 'react'
import { useEdition } from './edition.ts'
import { light, sans } from './look.ts'

type ButtonProps = { href: string; colour: string; children: string }

/** The one thing to do: the accent with paper on it. In the text edition its words, and its address below them. */
export function Button({ href, colour, children }: ButtonProps) {
  if (useEdition() === 'text') {
    return (
      <p>
        {children}:
        <br />
        {href}
      </p>
    )
  }
  return (
    <table role="presentation" border={0} cellPadding={0} cellSpacing={0} style={{ margin: '26px 0' }}>
      <tbody>
        <tr>
          <td className="button" style={{ ...cell, backgroundColor: colour }}>
            <a href={href} style={words}>
              {children}
            </a>
          </td>
        </tr>
      </tbody>
    </table>
  )
}

const padding = '13px 26px'

/** Outlook on Windows gives a link no padding; there its cell has it. */
const cell: CSSProperties & { msoPaddingAlt: string } = { msoPaddingAlt: padding }

const words: CSSProperties = {
  display: 'inline-block',
  padding,
  fontFamily: sans,
  fontSize: 17,
  lineHeight: '24px',
  fontWeight: 600,
  color: light.paper,
  textDecoration: 'none',
}
