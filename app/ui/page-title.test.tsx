import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PageTitle } from './page-title.tsx'

test('a page has one title, with its kind above and its gist below', () => {
  const html = renderToStaticMarkup(
    <PageTitle kicker="Report, 2020" lede="What was found.">
      Findings
    </PageTitle>,
  )
  expect(html.match(/<h1/g)).toHaveLength(1)
  expect(html).toMatch(/Report, 2020.*<h1[^>]*>Findings<\/h1>.*What was found\./)
})
