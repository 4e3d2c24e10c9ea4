import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { UpdateList } from './update-list.tsx'

test('a reader sees each update with its date, and goes on to its page', () => {
  const html = renderToStaticMarkup(
    <UpdateList
      updates={[
        { slug: 'thaw', subject: 'Thaw', preview: 'It thaws', day: '2026-03-01' },
        { slug: 'snow', subject: 'Snow & ice', preview: 'It snows', day: '2026-01-02' },
      ]}
    />,
  )
  expect(html).toContain('<a href="/updates/thaw">Thaw</a>')
  expect(html).toContain('Snow &amp; ice')
  expect(html).toContain('<time dateTime="2026-03-01">1 March 2026</time>')
  expect(html.indexOf('Thaw')).toBeLessThan(html.indexOf('Snow'))
})

test('before the first one, a reader is told so', () => {
  expect(renderToStaticMarkup(<UpdateList updates={[]} />)).toContain('No update has been sent yet.')
})
