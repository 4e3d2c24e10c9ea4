import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeze, readFrozen, thaw } from './frozen.server.ts'

test('what is sent is what was frozen, to the byte', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (body) => {
      expect(Uint8Array.from(await thaw(freeze(body)))).toEqual(Uint8Array.from(body))
    }),
  )
})

test('whatever a message says can be read again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ stringUnit: 'grapheme' }), async (wire) => {
      const text = JSON.stringify(wire)
      expect(JSON.stringify(await readFrozen(freeze(Buffer.from(text))))).toBe(text)
    }),
  )
})

test('a hundred messages that differ in a name and two links take little room', async () => {
  const html = Array.from(
    { length: 60 },
    (_, nth) => `<p>Paragraph ${nth} ${'of a letter '.repeat(9)}</p>`,
  ).join('')
  const wire = Array.from({ length: 100 }, (_, nth) => ({ to: `n${nth}@example.org`, html: `${html}${nth}` }))
  const body = Buffer.from(JSON.stringify(wire))
  expect(freeze(body).length).toBeLessThan(body.length / 20)
})
