import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Section } from './section.tsx'

test('Nare can jump to a part of the page by its name', () => {
  const html = renderToStaticMarkup(
    <Section title="What has changed since" id="since">
      Text
    </Section>,
  )
  const [, name] = /aria-labelledby="([^"]+)"/.exec(html) ?? []
  expect(html).toContain(`<h2 id="${name}"`)
  expect(html).toMatch(/^<section id="since"/)
})
