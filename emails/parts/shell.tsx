import type { CSSProperties, ReactNode } from 'react'
import type { MailCharity } from '../email.ts'
import { useEdition } from './edition.ts'
import { Footer, type FooterLink } from './footer.tsx'
import { light, measure, sans, serif, styleSheet } from './look.ts'

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
export function Shell(props: ShellProps) {
  return useEdition() === 'text' ? <TextShell {...props} /> : <HtmlShell {...props} />
}

function TextShell({ charity, why, links = [], children }: ShellProps) {
  return (
    <div>
      {charity.testNotice ? <p>TEST SITE. {charity.testNotice}</p> : null}
      {children}
      <p>{'-'.repeat(24)}</p>
      <Footer charity={charity} why={why} links={links} />
    </div>
  )
}

function HtmlShell({ charity, subject, preview, why, links = [], children }: ShellProps) {
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
          {/* So that the preview ends here, and does not run on into the mail. */}
          {'\u00a0\u200c'.repeat(100)}
        </div>
        {/* The language again: web mail takes <html> and <body> away. */}
        <div role="article" aria-label={subject} lang="en-GB" dir="ltr">
          <table
            role="presentation"
            width="100%"
            border={0}
            cellPadding={0}
            cellSpacing={0}
            className="paper"
            style={{ backgroundColor: light.paper }}
          >
            <tbody>
              <tr>
                <td className="band" style={{ borderTop: `8px solid ${charity.accentLight}` }} />
              </tr>
              {charity.testNotice ? <TestRow>{charity.testNotice}</TestRow> : null}
              <Row className="rule" style={{ padding: '16px 20px', ...ruleBelow }}>
                <a href={charity.siteUrl} className="ink" style={name}>
                  {charity.name}
                </a>
              </Row>
              <Row style={{ padding: '32px 20px 22px' }}>{children}</Row>
              <Row className="sheet" style={{ padding: '24px 20px 36px', backgroundColor: light.sheet }}>
                <Footer charity={charity} why={why} links={links} />
              </Row>
            </tbody>
          </table>
        </div>
      </body>
    </html>
  )
}

type RowProps = { className?: string; style: CSSProperties; children: ReactNode }

/** A band from edge to edge, with its words in the middle. A word without end breaks, and widens nothing. */
function Row({ className, style, children }: RowProps) {
  return (
    <tr>
      <td className={className} style={style}>
        <div style={{ maxWidth: measure, margin: '0 auto', wordBreak: 'break-word' }}>{children}</div>
      </td>
    </tr>
  )
}

function TestRow({ children }: { children: string }) {
  return (
    <Row className="sheet rule" style={{ padding: '9px 20px', backgroundColor: light.sheet, ...ruleBelow }}>
      <p className="ink" style={{ margin: 0, ...testWords, color: light.ink }}>
        <strong className="test" style={testMark}>
          Test site
        </strong>{' '}
        {children}
      </p>
    </Row>
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

const ruleBelow: CSSProperties = { borderBottom: `1px solid ${light.rule}` }

const name: CSSProperties = {
  fontFamily: serif,
  fontSize: 24,
  lineHeight: '30px',
  fontWeight: 600,
  color: light.ink,
  textDecoration: 'none',
}

const testWords: CSSProperties = { fontFamily: sans, fontSize: 15, lineHeight: '23px' }
const testMark: CSSProperties = {
  marginRight: 4,
  padding: '2px 8px',
  backgroundColor: light.ink,
  color: light.paper,
}
