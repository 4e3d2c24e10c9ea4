import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { SourceList } from './source-list.tsx'

test('every source of a page is an entry of one list', () => {
  const sources = ['First', 'Second'].map((title) => ({ title, publisher: 'A publisher' }))
  expect(renderToStaticMarkup(<SourceList sources={sources} />)).toMatch(
    /^<ul[^>]*>(<li>.*?<\/li>){2}<\/ul>$/,
  )
})
