import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Button } from './button.tsx'

test('a button sends its form unless it is told otherwise', () => {
  expect(renderToStaticMarkup(<Button>Send</Button>)).toMatch(/^<button type="submit"/)
  expect(renderToStaticMarkup(<Button type="reset">Clear</Button>)).toMatch(/^<button type="reset"/)
})

test('what goes somewhere is a link, whatever it looks like', () => {
  const html = renderToStaticMarkup(<Button href="/report">Read</Button>)
  expect(html).toMatch(/^<a href="\/report"[^>]*>Read<\/a>$/)
  expect(html).not.toContain('role=')
})

test('which of several buttons was pressed is sent along', () => {
  const html = renderToStaticMarkup(
    <Button look="secondary" name="next" value="back">
      Back
    </Button>,
  )
  expect(html).toMatch(/name="next" value="back"/)
})
