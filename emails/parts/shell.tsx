import type { CSSProperties, ReactNode } from 'react'
import type { MailCharity } from '../email.ts'
import { useEdition } from './edition.ts'
import { Footer, type FooterLink } from './footer.tsx'
import { light, sans, serif, styleSheet } from './look.ts'

type ShellProps = {
  charity: MailCharity
  subject: string
  /** The line that mail programs show beside the subject. */
  preview: string
  /** Why this person gets this mail, in a sentence. */
  why: string
  /** The reader's own links, such as the one to unsubscribe; they stand in the footer. */
  links?: FooterLink[]
  children: ReactNode
}

/** The page around every mail: who writes, whether it is a test, and at the foot why it came and who answers for it. */
export function Shell({ charity, subject, preview, why, links = [], children }: ShellProps) {
  const edition = useEdition()
  const footer = <Footer charity={charity} why={why} links={links} />
  if (edition === 'text') {
    return (
      <div>
        {charity.testNotice ? <p>TEST SITE. {charity.testNotice}</p> : null}
        {children}
        <p>---</p>
        {footer}
      </div>
    )
  }
  return (
    <html lang="en-GB" dir="ltr">
      <head>
        <meta httpEquiv="Content-Type" content="text/html; charset=UTF-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="x-apple-disable-message-reformatting" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no" />
        <title>{subject}</title>
        <style>{styleSheet(charity.accentDark)}</style>
      </head>
      <body className="paper" style={{ margin: 0, padding: 0, backgroundColor: light.paper }}>
        <div style={unseen}>
          {preview}
          {/* Nothing of the text after it is to stand in the preview too. */}
          {'\u00a0\u200c'.repeat(100)}
        </div>
        <table
          role="presentation"
          lang="en-GB"
          width="100%"
          border={0}
          cellPadding={0}
          cellSpacing={0}
          className="paper"
          style={{ backgroundColor: light.paper }}
        >
          <tbody>
            <tr>
              <td className="band" style={{ ...band, borderTop: `8px solid ${charity.accentLight}` }}>
                {charity.testNotice ? <TestNotice>{charity.testNotice}</TestNotice> : null}
                <p className="name" style={name}>
                  <a href={charity.siteUrl} style={{ color: light.ink, textDecoration: 'none' }}>
                    {charity.name}
                  </a>
                </p>
              </td>
            </tr>
            <Row>{children}</Row>
            <Row className="sheet" style={{ backgroundColor: light.sheet }}>
              {footer}
            </Row>
          </tbody>
        </table>
      </body>
    </html>
  )
}

const unseen: CSSProperties = {
  display: 'none',
  overflow: 'hidden',
  maxHeight: 0,
  maxWidth: 0,
  opacity: 0,
  lineHeight: '1px',
}
const band: CSSProperties = { padding: '0 20px' }
const name: CSSProperties = {
  margin: '18px auto 0',
  maxWidth: 576,
  fontFamily: serif,
  fontSize: 22,
  fontWeight: 600,
}

function Row({
  className,
  style,
  children,
}: {
  className?: string
  style?: CSSProperties
  children: ReactNode
}) {
  return (
    <tr>
      <td className={className} style={{ padding: '28px 20px', ...style }}>
        <div style={{ maxWidth: 576, margin: '0 auto' }}>{children}</div>
      </td>
    </tr>
  )
}

function TestNotice({ children }: { children: string }) {
  return (
    <p className="soft" style={{ margin: '14px auto 0', maxWidth: 576, fontFamily: sans, fontSize: 15 }}>
      <strong>Test site.</strong> {children}
    </p>
  )
}
