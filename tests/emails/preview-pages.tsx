import { renderToStaticMarkup } from 'react-dom/server'
import { renderEmail } from '#emails/render.ts'
import { findEmails } from '../support/emails.ts'

export type Answer = { status: number; type: string; body: string }

const widths = ['320', '600'] as const
const schemes = ['light', 'dark'] as const
type Look = { width: (typeof widths)[number]; scheme: (typeof schemes)[number] }

/**
 * `/` and `/NAME` show mails beside their text; `/NAME.html` is the mail alone, in the scheme that `?scheme=` names, or
 * in the reader's own.
 */
export async function answerTo({ pathname, searchParams }: URL): Promise<Answer> {
  const emails = await findEmails()
  const [, name = '', alone] = /^\/([\w-]*)(\.html)?$/.exec(pathname) ?? []
  const shown = emails.find((each) => each.name === name) ?? (pathname === '/' ? emails[0] : undefined)
  if (!shown) return { status: 404, type: 'text/plain', body: 'There is no such mail.' }

  const { subject, html, text } = await renderEmail(shown.email, shown.email.PreviewProps)
  const scheme = schemes.find((each) => each === searchParams.get('scheme'))
  if (alone) return { status: 200, type: 'text/html', body: inScheme(html, scheme) }

  const look: Look = {
    width: widths.find((each) => each === searchParams.get('width')) ?? '600',
    scheme: scheme ?? 'light',
  }
  const page = (
    <PreviewPage
      names={emails.map((each) => each.name)}
      name={shown.name}
      subject={subject}
      bytes={Buffer.byteLength(html)}
      text={text}
      look={look}
    />
  )
  return { status: 200, type: 'text/html', body: `<!doctype html>${renderToStaticMarkup(page)}` }
}

/** A frame has no scheme of its own that a page without script could set: the mail's one question is answered for it. */
function inScheme(html: string, scheme: Look['scheme'] | undefined): string {
  if (!scheme) return html
  return html.replace('(prefers-color-scheme:dark)', scheme === 'dark' ? 'all' : 'not all')
}

type PreviewPageProps = {
  names: string[]
  name: string
  subject: string
  bytes: number
  text: string
  look: Look
}

function PreviewPage({ names, name, subject, bytes, text, look }: PreviewPageProps) {
  const to = (mail: string, changes: Partial<Look> = {}) =>
    `/${mail}?${new URLSearchParams({ ...look, ...changes }).toString()}`
  return (
    <html lang="en-GB">
      <head>
        <title>{`${name} – mails to look at`}</title>
        <style>{style}</style>
      </head>
      <body>
        <nav aria-label="Mails">
          {names.map((each) => (
            <a key={each} href={to(each)} aria-current={each === name ? 'page' : undefined}>
              {each}
            </a>
          ))}
        </nav>
        <main>
          <h1>{subject}</h1>
          <nav aria-label="How it is shown">
            {widths.map((width) => (
              <a
                key={width}
                href={to(name, { width })}
                aria-current={width === look.width ? 'true' : undefined}
              >
                {width} pixels
              </a>
            ))}
            {schemes.map((scheme) => (
              <a
                key={scheme}
                href={to(name, { scheme })}
                aria-current={scheme === look.scheme ? 'true' : undefined}
              >
                {scheme}
              </a>
            ))}
            <a href={`/${name}.html`}>alone</a>
            <span>{`${(bytes / 1000).toFixed(1)} kB`}</span>
          </nav>
          <div className="editions">
            <iframe
              title={`${name}, as HTML`}
              src={`/${name}.html?scheme=${look.scheme}`}
              width={look.width}
              height="1200"
            />
            <pre>{text}</pre>
          </div>
        </main>
      </body>
    </html>
  )
}

const style = [
  'body{margin:0;padding:16px 24px;background:#fff;color:#222;font:16px/1.5 system-ui,sans-serif}',
  'nav{display:flex;flex-wrap:wrap;gap:4px 20px}',
  'a{color:#2f4a5c}',
  '[aria-current]{color:#222;font-weight:600;text-decoration:none}',
  'h1{margin:24px 0 8px;font-size:22px}',
  '.editions{display:flex;flex-wrap:wrap;gap:24px;margin-top:16px}',
  'iframe,pre{box-sizing:content-box;margin:0;border:1px solid #999}',
  'pre{width:72ch;padding:16px;font-size:14px;white-space:pre-wrap;overflow-wrap:anywhere}',
].join('')
