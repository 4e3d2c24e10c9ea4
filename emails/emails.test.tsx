import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findEmails } from '#tests/support/emails.ts'
import { markUp, readable } from '#tests/support/mail-reader.ts'
import { projectRoot } from '#tests/support/settings.ts'
import { readSources } from '#tests/support/source.ts'
import { renderEmail } from './render.ts'

/** Gmail cuts a mail off at 102 kB, and with it the link to unsubscribe. */
const LARGEST_HTML = 90_000

const emails = await findEmails()

test('there are mails to look at', () => {
  expect(emails.map(({ name }) => name)).toContain('confirm-subscription')
})

test('a command that sends no mail does not wait for what renders them', () => {
  const eager = readSources(projectRoot, ['app', 'emails']).filter(({ text }) =>
    /^(import|export) (?!type )[^;]*?from '(react-email|@react-email\/[^']+)'/m.test(text),
  )
  expect(eager.map(({ path }) => path)).toEqual([])
})

describe.each(emails)('$name', ({ email }) => {
  const rendered = renderEmail(email, email.PreviewProps)

  test('says what it is about in one line', async () => {
    const { subject } = await rendered
    expect(subject.length).toBeGreaterThan(0)
    expect(subject.length).toBeLessThanOrEqual(78)
    expect(subject).toBe(email.subject(email.PreviewProps))
  })

  test('comes as a page and as text, neither with a gap where a word should be', async () => {
    const { html, text } = await rendered
    for (const edition of [html, text]) {
      expect(edition.length).toBeGreaterThan(200)
      expect(edition).not.toMatch(/\b(undefined|null|NaN)\b|\[object|\bfunction\b/)
    }
  })

  test('is read out in English, by web mail too, which takes the frame away', async () => {
    const { html } = await rendered
    expect(html).toMatch(/<html [^>]*lang="en-GB"/)
    expect(html).toMatch(/<div [^>]*role="article"[^>]*lang="en-GB"/)
  })

  test('leads whoever reads the text wherever the page leads', async () => {
    const { html, text } = await rendered
    const addresses = markUp(html).flatMap(({ attributes }) => attributes['href'] ?? [])
    expect(addresses.length).toBeGreaterThan(0)
    const words = text.split(/\s/)
    expect(addresses.filter((address) => !words.includes(address))).toEqual([])
  })

  test('names who sends it, why it came and who answers for it, in both editions', async () => {
    const { html, text } = await rendered
    for (const edition of [readable(html), text.replace(/\s+/g, ' ')]) {
      expect(edition).toContain('Example Charity')
      expect(edition).toContain('You get this mail because')
      expect(edition).toContain('The Example Charity')
      expect(edition).toContain('Registered charity in England and Wales 0000000')
      expect(edition).toContain('1 Example Street')
    }
  })

  test('keeps its text to lines that fit a narrow window, but for addresses', async () => {
    const { text } = await rendered
    const long = text.split('\n').filter((line) => line.length > 72 && !/^https:\S+$/.test(line))
    expect(long).toEqual([])
    expect(text).not.toMatch(/\n{3}|[ \t]\n|\t|\r/)
  })

  test('is small enough to be shown whole', async () => {
    expect(Buffer.byteLength((await rendered).html)).toBeLessThanOrEqual(LARGEST_HTML)
  })

  test('fetches nothing, and so tells nobody that it was opened', async () => {
    const { html } = await rendered
    const fetched = markUp(html).flatMap(({ tag, attributes }) => [
      ...(['img', 'link', 'script', 'iframe', 'video', 'object'].includes(tag) ? [tag] : []),
      ...Object.keys(attributes).filter((name) => /^(src|srcset|background|poster)$/.test(name)),
    ])
    expect(fetched).toEqual([])
    expect(html).not.toMatch(/url\(|@import/)
  })

  test('is the same, byte for byte, when it is made again', async () => {
    expect(await renderEmail(email, email.PreviewProps)).toEqual(await rendered)
  })

  test('says above everything that it comes from a test, and nothing of it when it does not', async () => {
    const notice = 'Nothing here is real, not even this.'
    const test = await renderEmail(email, withCharity(email.PreviewProps, { testNotice: notice }))
    const live = await renderEmail(email, withCharity(email.PreviewProps, { testNotice: undefined }))
    expect(test.text.startsWith(`TEST SITE. ${notice}\n`)).toBe(true)
    expect(readable(test.html)).toContain(`Test site ${notice}`)
    expect(`${live.html}${live.text}`).not.toMatch(/test site/i)
  })

  test('holds whatever a stranger or a charity types, and is not changed by it', async () => {
    const before = markUp((await rendered).html).map(shape)
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(hostile), async (words) => {
        const next = () => words.next().value || 'x'
        const { subject, html } = await renderEmail(email, typedInto(email.PreviewProps, next))
        expect(markUp(html).map(shape)).toEqual(before)
        // eslint-disable-next-line no-control-regex -- it is the control characters that end a header
        expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/)
      }),
      { numRuns: 40 },
    )
  })
})

/** What people have typed into forms to break out of a mail. */
const hostile = fc.oneof(
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onclick='alert(1)",
    '</title></style></a></td></table>',
    '<!--',
    '-->',
    ']]>',
    '&lt;b&gt;&amp;',
    'Kind\r\nBcc: everybody@charity.example\r\n\r\nText',
    'Kind\nSubject: another\u2028one\u2029more\u0085',
    '\u202Egnitirw sdrawkcab\u202C',
    '\u2066\u200F\u202B',
    '\u0000\u0007\u001b[31m',
    '${charity} {{charity}} %CHARITY%',
    'undefined',
    '𝕬😀e\u0301',
    `${'<b>"'.repeat(2500)}`,
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

/** Data of the app that nobody types: HTML it has made itself, addresses, colours. */
const made = /^(body|siteUrl|accentLight|accentDark)$/

/** The same props, with `next` in place of every text, and behind the path of every address. */
function typedInto<T>(props: T, next: () => string): T {
  if (typeof props === 'string') return (/^https:/.test(props) ? `${props}?${next()}` : next()) as T
  if (Array.isArray(props)) return props.map((each) => typedInto(each, next)) as T
  if (typeof props !== 'object' || props === null) return props
  return Object.fromEntries(
    Object.entries(props).map(([name, value]) => [name, made.test(name) ? value : typedInto(value, next)]),
  ) as T
}

function withCharity(props: Record<string, unknown>, changes: object): Record<string, unknown> {
  return { ...props, charity: { ...(props['charity'] as object), ...changes } }
}

const shape = ({ tag, attributes }: ReturnType<typeof markUp>[number]) =>
  `${tag} ${Object.keys(attributes).join(' ')}`
