import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ErrorPage } from './error-page.tsx'

const ask = (status: number) => renderToStaticMarkup(<ErrorPage status={status} requestId="request-1" />)

test.each([400, 403, 404, 405, 410, 413, 429, 500, 502, 503])(
  'whoever meets a %d is told what to do, and has a way on',
  (status) => {
    expect(ask(status)).toMatch(/<h1[^>]*>[A-Z][^<]+<\/h1><p[^>]*>[A-Z][^<]+\.<\/p>/)
    expect(ask(status)).toContain('<a href="/">')
  },
)

test('each of the usual errors has words of its own', () => {
  const titles = [400, 403, 404, 405, 410, 413, 418, 429, 500, 503].map(
    (status) => /<h1[^>]*>([^<]+)/.exec(ask(status))?.[1],
  )
  expect(new Set(titles).size).toBe(titles.length)
})

test('only a fault of ours shows the number that finds it in the log', () => {
  expect(ask(500)).toContain('request-1')
  expect(ask(404)).not.toContain('request-1')
})
