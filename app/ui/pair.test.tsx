import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Pair } from './pair.tsx'

test('what is read first comes first, whatever the width of the screen', () => {
  const html = renderToStaticMarkup(
    <Pair>
      <p>First</p>
      <p>Second</p>
    </Pair>,
  )
  expect(html).toMatch(/^<div[^>]*><p>First<\/p><p>Second<\/p><\/div>$/)
})
