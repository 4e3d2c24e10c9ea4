import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ErrorSummary } from './error-summary.tsx'

test('Nare is told of every problem once, and each leads to its field', () => {
  const html = renderToStaticMarkup(
    <ErrorSummary
      errors={[{ message: 'Enter your name.', fieldId: 'name' }, { message: 'The appeal has closed.' }]}
    />,
  )
  expect(html).toContain('There is a problem')
  expect(html).toMatch(/<a href="#name"[^>]*>Enter your name\.<\/a>/)
  expect(html).toMatch(/<li[^>]*>The appeal has closed\.<\/li>/)
})

test('the alert is inside what takes the focus, never the same node', () => {
  const html = renderToStaticMarkup(<ErrorSummary errors={[{ message: 'Enter your name.' }]} />)
  expect(html).toMatch(/^<div tabindex="-1" autofocus=""[^>]*><div role="alert">/i)
})

test('a form without errors has no summary of them', () => {
  expect(renderToStaticMarkup(<ErrorSummary errors={[]} />)).toBe('')
})
