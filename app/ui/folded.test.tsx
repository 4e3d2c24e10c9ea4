import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Folded } from './folded.tsx'

test('a reader is warned before the fold, and unfolds it without script or not at all', () => {
  const html = renderToStaticMarkup(
    <Folded warning="This describes violence." summary="Show what was reported">
      <p>What was reported.</p>
    </Folded>,
  )
  expect(html.indexOf('This describes violence.')).toBeLessThan(html.indexOf('<details'))
  expect(html).toMatch(/<details class="[^"]*"><summary[^>]*>Show what was reported<\/summary>/)
  expect(html.indexOf('What was reported.')).toBeGreaterThan(html.indexOf('</summary>'))
})
