import type { MailCharity } from './email.ts'
import { previewCharity } from './parts/preview-charity.ts'
import { Shell } from './parts/shell.tsx'
import { Title } from './parts/words.tsx'
import { WrittenBody } from './parts/written-body.tsx'

type Props = {
  charity: MailCharity
  subject: string
  /** The line that mail programs show beside the subject. */
  preview: string
  /** Trusted HTML, made from Markdown, without styles: they are put in here. */
  body: string
  /** The same, as text: printed as it is, line by line. */
  bodyText: string
  webUrl: string
  preferencesUrl: string
  unsubscribeUrl: string
}

/**
 * An update to all who asked for them. Rendered once, with stand-ins for the three addresses: they come out in HTML and
 * text exactly as they went in, and whoever sends puts each person's own in their place.
 */
export default function Update(props: Props) {
  const { charity, subject, preview, body, bodyText, webUrl, preferencesUrl, unsubscribeUrl } = props
  return (
    <Shell
      charity={charity}
      subject={subject}
      preview={preview}
      why={`You get this mail because you subscribed to updates from ${charity.name}.`}
      links={[
        { label: 'Read this on the web', href: webUrl },
        { label: 'Change what you get', href: preferencesUrl },
        { label: 'Unsubscribe', href: unsubscribeUrl },
      ]}
    >
      <Title>{subject}</Title>
      <WrittenBody html={body} text={bodyText} accent={charity.accentLight} />
    </Shell>
  )
}

Update.subject = ({ subject }: Props) => subject

Update.PreviewProps = {
  charity: previewCharity,
  subject: 'What an update looks like',
  preview: 'Every kind of text that an update may hold.',
  body: `<p>A paragraph as staff write it, with <strong>strong</strong> and <em>stressed</em> words and
<a href="https://charity.example/report">a link to a page</a>.</p>
<h2>A heading</h2>
<p>What is listed below it:</p>
<ul>
<li>one thing,</li>
<li>and another, which takes more than one line on a telephone and most likely on a wide screen as well.</li>
</ul>
<blockquote>
<p>Words that are quoted stand back a little, so that nobody takes them for ours.</p>
</blockquote>
<h3>A smaller heading</h3>
<ol>
<li>First this.</li>
<li>Then that.</li>
</ol>
<table>
<thead>
<tr>
<th>What</th>
<th style="text-align:right">How many</th>
</tr>
</thead>
<tbody>
<tr>
<td>This kind</td>
<td style="text-align:right">12</td>
</tr>
<tr>
<td>The other kind</td>
<td style="text-align:right">1,250</td>
</tr>
</tbody>
</table>
<hr>
<p>The last paragraph.</p>
`,
  bodyText: `A paragraph as staff write it, with strong and stressed words and a link
to a page: https://charity.example/report

A heading

What is listed below it:

- one thing,
- and another, which takes more than one line on a telephone and most
  likely on a wide screen as well.

> Words that are quoted stand back a little, so that nobody takes them
> for ours.

A smaller heading

1. First this.
2. Then that.

What: This kind
How many: 12

What: The other kind
How many: 1,250

---

The last paragraph.`,
  webUrl: 'https://charity.example/updates/an-update',
  preferencesUrl: 'https://charity.example/me/0123456789abcdefghijkl',
  unsubscribeUrl: 'https://charity.example/unsubscribe/0123456789abcdefghijkl',
} satisfies Props
