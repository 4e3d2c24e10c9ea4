import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Prose } from './prose.tsx'

test('an empty line parts two paragraphs of plain text, and no mark-up in it is believed', () => {
  const html = renderToStaticMarkup(<Prose text={'One <b>.\n\nTwo.\n  \n\n'} />)
  expect(html).toBe('<div class="prose"><p>One &lt;b&gt;.</p><p>Two.</p></div>')
})
