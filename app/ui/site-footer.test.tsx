import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { SiteFooter } from './site-footer.tsx'

test('every page says who answers for it, in the lines that the law asks for', () => {
  const html = renderToStaticMarkup(
    <SiteFooter legalName="The Example Trust" legalLines={['Registered charity 1', 'Company 2']} />,
  )
  expect(html).toMatch(/The Example Trust.*Registered charity 1.*Company 2/)
})

test('every page leads to giving, to how it treats data, to its accessibility and to a person', () => {
  const html = renderToStaticMarkup(<SiteFooter legalName={undefined} legalLines={[]} />)
  for (const page of ['/donate', '/privacy', '/accessibility', '/contact'])
    expect(html).toContain(`<a href="${page}"`)
})
