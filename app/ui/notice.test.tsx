import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Notice } from './notice.tsx'

test('colour never speaks alone: each kind of notice begins with a word', () => {
  expect(renderToStaticMarkup(<Notice>Text</Notice>)).toContain('>Note<')
  expect(renderToStaticMarkup(<Notice kind="warning">Text</Notice>)).toContain('>Warning<')
  expect(renderToStaticMarkup(<Notice kind="success">Text</Notice>)).toContain('>Done<')
  expect(renderToStaticMarkup(<Notice kind="test">Text</Notice>)).toContain('>Test site<')
})

test('Nare hears the answer to what she did, and no notice that was always there', () => {
  expect(renderToStaticMarkup(<Notice isAnswer>Sent</Notice>)).toContain('role="status"')
  expect(renderToStaticMarkup(<Notice>Text</Notice>)).not.toContain('role=')
})
