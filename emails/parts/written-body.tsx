import { useEdition } from './edition.ts'
import { light, sans, serif } from './look.ts'

type WrittenBodyProps = {
  /** Trusted HTML, made from Markdown: its text is escaped, and it brings no style but the alignment of cells. */
  html: string
  text: string
  accent: string
}

/** What staff wrote, in the look of the mail. In the text edition its own text, line by line. */
export function WrittenBody({ html, text, accent }: WrittenBodyProps) {
  if (useEdition() === 'text') return <pre>{text}</pre>
  return (
    <div
      className="written ink"
      style={{ color: light.ink, fontFamily: serif, fontSize: 18, lineHeight: '28px' }}
      dangerouslySetInnerHTML={{ __html: dressed(html, accent) }}
    />
  )
}

/** Puts beside each element the style that a mail can fetch from nowhere. What the element brings itself comes last. */
export function dressed(html: string, accent: string): string {
  const styles = stylesOf(accent)
  return html.replace(
    /<([a-z][a-z0-9]*)((?:\s+[\w-]+(?:="[^"<>]*")?)*)(\s*\/?>)/g,
    (whole, tag: string, attributes: string, end: string) => {
      const style = styles[tag]
      if (!style) return whole
      const [own = '', itsStyle] = / style="([^"]*)"/.exec(attributes) ?? []
      const both = itsStyle ? `${style};${itsStyle}` : style
      return `<${tag}${attributes.replace(own, '')} style="${both}"${end}`
    },
  )
}

function stylesOf(accent: string): Record<string, string | undefined> {
  const heading = 'font-weight:600;line-height:1.3'
  const cell = `border-top:1px solid ${light.rule};padding:8px 16px 8px 0;text-align:left;vertical-align:top`
  return {
    p: 'margin:0 0 18px',
    h1: `margin:36px 0 12px;font-size:24px;${heading}`,
    h2: `margin:36px 0 12px;font-size:24px;${heading}`,
    h3: `margin:28px 0 10px;font-size:20px;${heading}`,
    h4: `margin:28px 0 10px;font-size:18px;${heading}`,
    ul: 'margin:0 0 18px;padding:0 0 0 24px',
    ol: 'margin:0 0 18px;padding:0 0 0 28px',
    li: 'margin:0 0 8px',
    a: `color:${accent}`,
    blockquote: `margin:0 0 18px;border-left:3px solid ${light.rule};padding:0 0 0 20px;font-style:italic`,
    hr: `margin:32px 0;border:0;border-top:1px solid ${light.rule}`,
    // Word's engine forgets the font inside a table.
    table: `margin:0 0 18px;width:100%;border-collapse:collapse;font-family:${sans};font-size:16px;line-height:24px`,
    th: `${cell};font-weight:600`,
    td: cell,
    img: 'max-width:100%;height:auto',
  }
}
