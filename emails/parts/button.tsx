import { useEdition } from './edition.ts'
import { light, sans } from './look.ts'

type ButtonProps = { href: string; colour: string; children: string }

/** The one thing to do. In the text edition: what it does, and its address below. */
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
    <table role="presentation" border={0} cellPadding={0} cellSpacing={0} style={{ margin: '8px 0 26px' }}>
      <tbody>
        <tr>
          {/* Outlook on Windows gives a link no padding, so there its cell has it. */}
          <td className="button" style={{ backgroundColor: colour, msoPaddingAlt: '13px 24px' }}>
            <a
              href={href}
              style={{
                display: 'inline-block',
                padding: '13px 24px',
                fontFamily: sans,
                fontSize: 17,
                lineHeight: '24px',
                fontWeight: 600,
                color: light.paper,
                textDecoration: 'none',
              }}
            >
              {children}
            </a>
          </td>
        </tr>
      </tbody>
    </table>
  )
}
