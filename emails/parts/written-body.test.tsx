import { describe, expect, test } from 'vitest'
import { markUp } from '#tests/support/mail-reader.ts'
import { dressed } from './written-body.tsx'

const accent = '#123456'

describe('what staff write', () => {
  test('is dressed in the charity’s colour where it leads somewhere', () => {
    expect(dressed('<a href="https://charity.example/?a=1&amp;b=2" title="There">there</a>', accent)).toBe(
      '<a href="https://charity.example/?a=1&amp;b=2" title="There" style="color:#123456">there</a>',
    )
  })

  test('has a style beside every element that needs one, and the same elements as before', () => {
    const html =
      '<h2>H</h2><h3>H</h3><p>P <em>e</em></p><ul><li>L</li></ul><ol start="3"><li>L</li></ol>' +
      '<blockquote><p>Q</p></blockquote><hr><table><thead><tr><th>T</th></tr></thead></table>'
    const after = markUp(dressed(html, accent))
    expect(after.map(({ tag }) => tag)).toEqual(markUp(html).map(({ tag }) => tag))
    const bare = after.filter(({ tag, attributes }) => !tag.startsWith('/') && !attributes['style'])
    expect(bare.map(({ tag }) => tag)).toEqual(['em', 'thead', 'tr'])
    expect(after.find(({ tag }) => tag === 'ol')?.attributes['start']).toBe('3')
  })

  test('keeps the side on which it set its figures: what comes last is obeyed', () => {
    expect(dressed('<td style="text-align:right">12</td>', accent)).toMatch(
      /^<td style="[^"]*text-align:left[^"]*;text-align:right">12<\/td>$/,
    )
  })

  test('may close its empty elements or not', () => {
    expect(dressed('<hr />', accent)).toMatch(/^<hr style="[^"]+" \/>$/)
    expect(dressed('<hr>', accent)).toMatch(/^<hr style="[^"]+">$/)
  })

  test('may speak of a tag without having one', () => {
    expect(dressed('<code>&lt;p&gt; 1 &lt; 2</code>', accent)).toBe('<code>&lt;p&gt; 1 &lt; 2</code>')
  })
})
