import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markdownProblems, markdownToHtml } from './markdown.ts'
import { markdownToText } from './plain-text.ts'

/** Pieces of which trouble is made, and of which texts are made. */
const pieces = [
  ...[
    '<',
    '>',
    '"',
    "'",
    '&',
    '<script>',
    '</p>',
    '<img src=x onerror=alert(1)>',
    '<!--',
    '-->',
    '<a href="',
  ],
  ...[
    '[',
    ']',
    '(',
    ')',
    '![',
    '](',
    'javascript:',
    'JaVaScRiPt&#58;',
    'data:text/html,',
    'vbscript:',
    'file:///',
  ],
  ...[
    'https://example.org/?a=1&b=2',
    'http://',
    'mailto:a@example.org',
    '//example.org',
    '/report',
    ' "title"',
  ],
  ...[
    '\n',
    '\n\n',
    '# ',
    '## ',
    '- ',
    '1. ',
    '> ',
    '    ',
    '\t',
    '*',
    '**',
    '_',
    '`',
    '```',
    '\\',
    '---',
    '|',
    '~',
  ],
  ...[
    '&#x3c;',
    '&lt;',
    '&amp;',
    '&#0;',
    '[1]: ',
    '[1]',
    '<https://example.org>',
    'a',
    'Dear friends',
    ' ',
    '\u202e',
  ],
]
const texts = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 40 })
  .map((all) => all.join(''))

const tag = /<(\/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"<>]*")*) ?\/?>/g
const allowed = /^(p|h[1-6]|ul|ol|li|blockquote|em|strong|a|br|hr)$/

test('Whatever somebody writes, its HTML holds only the tags of text, and only links that lead to a page or a mailbox', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const html = markdownToHtml(text)
      for (const [, , name = '', attributes = ''] of html.matchAll(tag)) {
        expect(name).toMatch(allowed)
        for (const [, attribute, value = ''] of attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)) {
          expect(attribute).toMatch(/^(href|title|start)$/)
          if (attribute === 'href') expect(value).toMatch(/^(https?:\/\/|mailto:)/i)
        }
      }
      // What is left, when the tags are taken out, opens and ends nothing.
      expect(html.replace(tag, '')).not.toMatch(/[<>]/)
    }),
    { numRuns: 10_000 },
  )
})

test.each([
  ['a picture', '![a house](https://example.org/house.png)'],
  ['a link that leads nowhere', 'a [b]() c'],
  ['a link that runs', '[a](javascript:alert(1))'],
  ['a link that runs, in disguise', '[a](java&#115;cript:alert(1)) <JAVASCRIPT:alert(1)>'],
  ['a tag', '<b onclick="alert(1)">a</b>'],
])('%s that got past the checks does nothing', (_, markdown) => {
  expect(markdownToHtml(markdown)).not.toMatch(/<img|<b|href="(?!https)/)
})

test('Whatever somebody writes, its text edition can be made, and holds the address of every link', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const plain = markdownToText(text)
      for (const [, , , attributes = ''] of markdownToHtml(text).matchAll(tag)) {
        const href = / href="([^"]*)"/
          .exec(attributes)?.[1]
          ?.replaceAll('&amp;', '&')
          .replaceAll('&quot;', '"')
        if (href && decodeURIable(href)) {
          expect([href, decodeURI(href)].some((one) => plain.includes(one.replace(/^mailto:/i, '')))).toBe(
            true,
          )
        }
      }
    }),
    { numRuns: 2_000 },
  )
})

function decodeURIable(address: string): boolean {
  try {
    return /^[\x21-\x7e]*$/.test(decodeURI(address))
  } catch {
    return false
  }
}

describe('The text edition', () => {
  test.each([
    ['a paragraph, however its lines were broken', 'One\ntwo\n\nThree', 'One two\n\nThree'],
    ['a line break that was meant', 'One  \ntwo', 'One\ntwo'],
    ['stress, which text has not', 'A **very** *long* road', 'A very long road'],
    [
      'a link',
      'Read [the report](https://example.org/report).',
      'Read the report (https://example.org/report).',
    ],
    [
      'an address that is its own words',
      'See https://example.org/a?b=1&c=2.',
      'See https://example.org/a?b=1&c=2.',
    ],
    ['an address in brackets', '<https://example.org/>', 'https://example.org/'],
    [
      'a mailbox',
      '[Write](mailto:office@example.org) or <office@example.org>',
      'Write (office@example.org) or office@example.org',
    ],
    [
      'headings',
      '## What *came* of it\n\ntext\n\n### Help',
      'What came of it\n===============\n\ntext\n\nHelp\n----',
    ],
    ['a list', '- one\n- two\n  more\n- three', '- one\n- two more\n- three'],
    ['a list of paragraphs', '- one\n\n  and more\n\n- two', '- one\n\n  and more\n\n- two'],
    ['a numbered list', '3. one\n4. two', '3. one\n4. two'],
    ['a list in a list', '- one\n  - deep\n  - deeper\n- two', '- one\n  - deep\n  - deeper\n- two'],
    ['a quotation', '> Said\n> so\n>\n> twice', '> Said so\n>\n> twice'],
    ['a break', 'a\n\n---\n\nb', 'a\n\n* * *\n\nb'],
    ['signs of HTML, as they were meant', 'a \\<b> & c', 'a <b> & c'],
  ])('has %s', (_, markdown, text) => {
    expect(markdownProblems(markdown)).toEqual([])
    expect(markdownToText(markdown)).toBe(text)
  })
})
