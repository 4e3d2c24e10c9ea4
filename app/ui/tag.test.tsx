import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Tag } from './tag.tsx'

test('a standing is said in words', () => {
  expect(renderToStaticMarkup(<Tag>Disputed</Tag>)).toMatch(/>Disputed<\/span>$/)
})
