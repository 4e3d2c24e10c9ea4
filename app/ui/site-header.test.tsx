import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { SiteHeader } from './site-header.tsx'

const header = {
  name: 'The Example Trust',
  strapline: 'Help, and a voice',
  path: '/report',
  testNotice: undefined,
}

test('every page says whose site it is and leads home', () => {
  expect(renderToStaticMarkup(<SiteHeader {...header} />)).toMatch(/<a href="\/"[^>]*>The Example Trust<\/a>/)
})

test('a header that knows nothing still leads home', () => {
  const html = renderToStaticMarkup(
    <SiteHeader name={undefined} strapline={undefined} path="/" testNotice={undefined} />,
  )
  expect(html).toMatch(/<a href="\/"[^>]*>Home<\/a>/)
})

test('Nare hears which of the main pages she is on', () => {
  expect(renderToStaticMarkup(<SiteHeader {...header} />)).toMatch(/<a href="\/report" aria-current="page"/)
  expect(renderToStaticMarkup(<SiteHeader {...header} path="/report/findings/one" />)).toMatch(
    /<a href="\/report" aria-current="true"/,
  )
  expect(renderToStaticMarkup(<SiteHeader {...header} path="/reports" />)).not.toContain('aria-current')
})

test('whoever wants to give finds where in the head of every page', () => {
  expect(renderToStaticMarkup(<SiteHeader {...header} />)).toMatch(/<a href="\/donate"[^>]*>Donate<\/a>/)
  expect(renderToStaticMarkup(<SiteHeader {...header} path="/donate/give" />)).toMatch(
    /<a href="\/donate" aria-current="true"/,
  )
})

test('nobody takes a test site for the real one', () => {
  expect(renderToStaticMarkup(<SiteHeader {...header} testNotice="No money moves." />)).toMatch(
    /Test site.*No money moves\./,
  )
  expect(renderToStaticMarkup(<SiteHeader {...header} />)).not.toContain('Test site')
})
