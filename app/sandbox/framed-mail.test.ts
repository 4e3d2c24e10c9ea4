import { expect, test } from 'vitest'
import { openLinksBeside } from './framed-mail.ts'

const base = '<base target="_blank">'

test.each([
  [
    '<!doctype html><html><head><title>A</title></head>',
    `<!doctype html><html><head>${base}<title>A</title></head>`,
  ],
  ['<!DOCTYPE html>\n<HTML lang="en"><p>A</p>', `<!DOCTYPE html>\n<HTML lang="en">${base}<p>A</p>`],
  ['<p>A <header>b</header></p>', `${base}<p>A <header>b</header></p>`],
])('the links of %s open beside it, and its document type stays first', (html, shown) => {
  expect(openLinksBeside(html)).toBe(shown)
})
