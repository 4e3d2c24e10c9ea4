import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wireBytes, type Letter } from './wire.server.ts'

const cause = { kind: 'updates.update', about: 'update:1', lane: 'updates', scope: 'marketing' } as const

const words = fc.string({ unit: 'grapheme', maxLength: 400 })
/** Parts that every letter of an update has, some of them long. */
const shared = fc.constantFrom('News of “all”\n', '<p>é…</p>'.repeat(50), 'Who is it? "☃" '.repeat(30))
const text = fc.oneof(words, shared, fc.array(fc.oneof(words, shared), { maxLength: 5 }))
const letter: fc.Arbitrary<Letter> = fc.record(
  {
    from: words,
    to: words,
    replyTo: words,
    subject: words,
    html: text,
    text,
    headers: fc.record({ 'List-Unsubscribe': words }),
  },
  { requiredKeys: ['from', 'to', 'subject', 'html', 'text'] },
)

test('a body is the JSON of its messages, to the byte, in whatever parts their texts come', () => {
  fc.assert(
    fc.property(fc.array(letter, { minLength: 1, maxLength: 5 }), (letters) => {
      const wire = letters.map(({ from, to, replyTo, subject, headers = {}, ...texts }, nth) => ({
        from,
        to: [to],
        ...(replyTo ? { reply_to: replyTo } : {}),
        subject,
        html: [texts.html].flat().join(''),
        text: [texts.text].flat().join(''),
        headers,
        tags: [
          { name: 'message', value: `id-${nth}` },
          { name: 'kind', value: 'updates_update' },
        ],
      }))
      const withIds = letters.map((each, nth) => ({ id: `id-${nth}`, letter: each }))
      expect(wireBytes('/emails/batch', cause, withIds).toString()).toBe(JSON.stringify(wire))
      expect(wireBytes('/emails', cause, withIds.slice(0, 1)).toString()).toBe(JSON.stringify(wire[0]))
    }),
  )
})
