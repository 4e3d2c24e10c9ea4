import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { SourceNote } from './source-note.tsx'

const web = { title: 'A report', publisher: 'A publisher', url: 'https://example.org/', dated: '2020' }
const paper = { title: 'A book', publisher: 'Another', url: null, dated: null }

test('a reader can follow a source that is on the web', () => {
  const html = renderToStaticMarkup(<SourceNote sources={[web]} />)
  expect(html).toContain('<a href="https://example.org/" rel="external">A report</a>, A publisher, 2020')
  expect(html).toContain('>Source: ')
})

test('a source on paper is named and leads nowhere', () => {
  const html = renderToStaticMarkup(<SourceNote sources={[web, paper]} />)
  expect(html).toContain('>Sources: ')
  expect(html.match(/<a /g)).toHaveLength(1)
  expect(html).toContain('A book</cite>, Another')
})

test('a statement without a source is given no empty note', () => {
  expect(renderToStaticMarkup(<SourceNote sources={[]} />)).toBe('')
})
