import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Breadcrumbs } from './breadcrumbs.tsx'

test('a reader of one finding finds the way back up', () => {
  const html = renderToStaticMarkup(
    <Breadcrumbs
      trail={[
        { label: 'Front page', href: '/' },
        { label: 'Findings', href: '/report' },
      ]}
    />,
  )
  expect(html).toMatch(/^<nav aria-label="Breadcrumbs"/)
  expect(html).toMatch(
    /<li[^>]*><a href="\/">Front page<\/a><\/li><li[^>]*><a href="\/report">Findings<\/a><\/li>/,
  )
})
