import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { FigureNumber } from './figure-number.tsx'

test('a number never stands without the words that say what it counts', () => {
  const html = renderToStaticMarkup(<FigureNumber figure="1,234" caption="sessions in one year" />)
  expect(html).toMatch(
    /^<figure[^>]*><p[^>]*>1,234<\/p><figcaption[^>]*>sessions in one year<\/figcaption><\/figure>$/,
  )
})
