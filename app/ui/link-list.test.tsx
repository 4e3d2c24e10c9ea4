import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Card, LinkList } from './link-list.tsx'

test('Nare hears how many pages there are to go on to, and each by its heading', () => {
  const html = renderToStaticMarkup(
    <LinkList ordered>
      <Card href="/report/findings/one" title="The first" kicker="Finding">
        <p>What is found there.</p>
      </Card>
      <Card href="/report/findings/two" title="The second" level={2} />
    </LinkList>,
  )
  expect(html).toMatch(/^<ol[^>]*><li>.*<\/li><li>.*<\/li><\/ol>$/)
  expect(html).toMatch(/<h3[^>]*><a href="\/report\/findings\/one">The first<\/a><\/h3>/)
  expect(html).toMatch(/<h2[^>]*><a href="\/report\/findings\/two">The second<\/a><\/h2>/)
})

test('pages in no order are not numbered', () => {
  expect(renderToStaticMarkup(<LinkList>{null}</LinkList>)).toMatch(/^<ul/)
})
