import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Caveat } from './caveat.tsx'

test('a caveat is a note with a name, in full view', () => {
  const html = renderToStaticMarkup(<Caveat title="What this rests on">Few people could be met.</Caveat>)
  const [, name] = /aria-labelledby="([^"]+)"/.exec(html) ?? []
  expect(html).toMatch(/^<aside role="note"/)
  expect(html).toContain(`<p id="${name}"`)
  expect(html).toContain('Few people could be met.')
  expect(html).not.toMatch(/<details|hidden/)
})
