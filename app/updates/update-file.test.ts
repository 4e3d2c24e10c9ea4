import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readUpdateFile, type FileProblem } from './update-file.ts'
import { checkUpdate, slugOf } from './update.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (...lines: string[]) => readUpdateFile(bytes(lines.join('\n')))

function problemsIn(...lines: string[]): FileProblem[] {
  const result = read(...lines)
  return result.outcome === 'wrong' ? result.problems : []
}

const good = [
  '---',
  'subject: What came of it',
  'preview: Three things have changed',
  '---',
  '',
  'Dear friends,',
]

describe('Lusine writes an update in a file', () => {
  test('and it is read as she meant it', () => {
    const slug = 'three-things'
    expect(
      read(...good.slice(0, 3), `slug: ${slug}`, '---', '', '', 'Dear friends,', '', 'Yours', ''),
    ).toEqual({
      outcome: 'read',
      content: {
        subject: 'What came of it',
        preview: 'Three things have changed',
        slug,
        markdown: 'Dear friends,\n\nYours',
      },
      lines: { subject: 2, preview: 3, slug: 4, markdown: 8 },
    })
  })

  test('and without an address of its own it gets one from its subject', () => {
    expect(read(...good)).toMatchObject({ content: { slug: 'what-came-of-it' } })
  })

  test('on a machine that ends lines otherwise, and begins files with a mark, and it is the same update', () => {
    const expected = read(...good)
    expect(readUpdateFile(bytes(good.join('\r\n')))).toEqual(expected)
    expect(readUpdateFile(bytes(`\uFEFF${good.join('\n')}`))).toEqual(expected)
  })

  test('with a colon in the subject, which stays there', () => {
    expect(read('---', 'subject: Snow: a school', 'preview: p', '---', 'x')).toMatchObject({
      content: { subject: 'Snow: a school' },
    })
  })

  test.each<[string, number, string, string[]]>([
    ['nothing at all', 1, 'begins with a line of three hyphens', ['']],
    ['only the text', 1, 'begins with a line of three hyphens', ['Dear friends,']],
    ['no second line of hyphens', 3, 'second line of three hyphens', ['---', 'subject: a', 'preview: b']],
    ['a name that nobody knows', 2, 'subject:, preview:, slug:', ['---', 'to: all', ...good.slice(1)]],
    ['a line without a name', 2, 'subject:, preview:, slug:', ['---', 'What came of it', ...good.slice(1)]],
    ['two subjects', 3, 'second "subject"', ['---', 'subject: a', ...good.slice(1)]],
    ['no subject', 3, 'There is no "subject: …"', ['---', 'preview: b', '---', 'x']],
    ['no preview', 3, 'There is no "preview: …"', ['---', 'subject: a', '---', 'x']],
    ['an empty subject', 2, 'subject is empty', ['---', 'subject:', 'preview: b', 'slug: a', '---', 'x']],
    ['a slug in capitals', 4, 'lower-case', [...good.slice(0, 3), 'slug: Snow', '---', 'x']],
    ['a subject that makes no slug', 2, 'slug', ['---', 'subject: Լուր', 'preview: b', '---', 'x']],
    ['no text', 4, 'There is no text', good.slice(0, 4)],
    ['a tag', 7, 'HTML is not taken', [...good, '<b>Hello</b>']],
    ['a block of HTML', 8, 'HTML is not taken', [...good, '', '<table><tr></tr></table>']],
    ['a script', 8, 'HTML is not taken', [...good, '', '<script>alert(1)</script>']],
    ['a comment', 7, 'HTML is not taken', [...good, 'a <!-- secret --> b']],
    ['a picture', 7, 'Pictures are not taken', [...good, '![a house](https://example.org/house.png)']],
    ['a link within the site', 7, '"/report" does not', [...good, '[the report](/report)']],
    ['a link without its scheme', 7, '"www.example.org" does not', [...good, '[a page](www.example.org)']],
    ['a link that runs', 7, 'does not', [...good, '[a page](javascript:alert(1))']],
    ['a link that runs, defined below', 7, 'does not', [...good, '[a page][1]', '', '[1]: data:text/html,x']],
    ['the largest heading', 8, '## or ###', [...good, '', '# Dear friends']],
    ['a control character', 7, 'invisible', [...good, 'a\u0007b']],
    [
      'a control character in the subject',
      2,
      'plain text',
      ['---', 'subject: a\u0007b', 'preview: p', '---', 'x'],
    ],
  ])('with %s, and is told in line %d that %s', (_, line, says, lines) => {
    const problems = problemsIn(...lines)
    expect(problems).toContainEqual({ line, says: expect.stringContaining(says) })
    expect(problems).toHaveLength(1)
  })

  test('that is no text, and is told so', () => {
    expect(readUpdateFile(Uint8Array.from([0x2d, 0x2d, 0x2d, 0xff, 0xfe]))).toMatchObject({
      outcome: 'wrong',
    })
  })

  test('with several things wrong, and is told all of them, in their order', () => {
    const lines = [
      '---',
      'subject: a',
      'slug: A',
      'to: all',
      '---',
      '',
      '# Head',
      '',
      '![x](https://example.org/x)',
    ]
    expect(problemsIn(...lines).map(({ line }) => line)).toEqual([3, 4, 5, 7, 9])
  })

  test('whatever the file holds, there is an answer', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...good, '---', '<b>', '[a](b)', '\u0000', ':', '')), (lines) => {
        const result = read(...lines)
        if (result.outcome === 'read') expect(checkUpdate(result.content)).toEqual([])
        else expect(result.problems.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('A subject that would be more than a subject is refused:', () => {
  const content = { slug: 'a', subject: 'a', preview: 'b', markdown: 'c' }
  test.each([
    'a\r\nBcc: all@example.org',
    'a\nb',
    'a\rb',
    'a\u2028b',
    'a\0b',
    'a\u202eb',
    ' ',
    'x'.repeat(151),
  ])('%j', (subject) => {
    expect(checkUpdate({ ...content, subject })).toHaveLength(1)
    expect(checkUpdate({ ...content, preview: subject.repeat(2) })).toHaveLength(1)
  })
})

test('Every subject in Latin letters suggests an address that can be used', () => {
  expect(slugOf('Snow, and the children’s school')).toBe('snow-and-the-childrens-school')
  expect(slugOf('Été à Gümrî')).toBe('ete-a-gumri')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (subject) => {
      const slug = slugOf(subject)
      if (slug === '') return
      expect(checkUpdate({ slug, subject: 'a', preview: 'b', markdown: 'c' })).toEqual([])
    }),
  )
})
