import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Timeline, TimelineEntry } from './timeline.tsx'

test('what happened is told in order, each with its date first and an anchor to link to', () => {
  const html = renderToStaticMarkup(
    <Timeline>
      <TimelineEntry when="January 2020" id="first">
        Something.
      </TimelineEntry>
    </Timeline>,
  )
  expect(html).toMatch(/^<ol[^>]*><li id="first"[^>]*><p[^>]*>January 2020<\/p>Something\.<\/li><\/ol>$/)
})
