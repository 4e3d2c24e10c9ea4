import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Field } from './field.tsx'

test('Nare, who listens to the page, hears the label, the hint and the error of a field', () => {
  const html = renderToStaticMarkup(
    <Field label="Postcode" name="postcode" hint="Like SW1A 1AA." errors={['Enter a postcode.']} />,
  )
  expect(html).toContain('<label for="postcode"')
  expect(html).toMatch(/<div id="postcode-hint"[^>]*>Like SW1A 1AA\.<\/div>/)
  expect(html).toMatch(
    /<p id="postcode-error"[^>]*><span class="sr-only">Error: <\/span>Enter a postcode\.<\/p>/,
  )
  expect(html).toMatch(/<input[^>]*aria-describedby="postcode-hint postcode-error"/)
  expect(html).toMatch(/<input[^>]*aria-invalid="true"/)
})

test('a field that nobody got wrong says nothing of errors', () => {
  const html = renderToStaticMarkup(<Field label="Name" name="name" />)
  expect(html).not.toMatch(/aria-invalid|aria-describedby|Error/)
})

test("Tigran's phone fills in his address and shows the right keys", () => {
  const html = renderToStaticMarkup(
    <Field label="Email" name="email" type="email" autoComplete="email" inputMode="email" />,
  )
  expect(html).toMatch(/<input[^>]*type="email"/)
  expect(html).toMatch(/<input[^>]*autoComplete="email"/i)
  expect(html).toMatch(/<input[^>]*inputMode="email"/i)
})

test('what Tigran typed is still there when his form comes back', () => {
  const field = { label: 'Message', name: 'message' }
  expect(renderToStaticMarkup(<Field {...field} defaultValue="Dear" />)).toContain('value="Dear"')
  expect(renderToStaticMarkup(<Field as="textarea" {...field} defaultValue="Dear" />)).toContain(
    '>Dear</textarea>',
  )
  const options = [
    { value: 'GB', label: 'United Kingdom' },
    { value: 'IE', label: 'Ireland' },
  ]
  expect(
    renderToStaticMarkup(<Field as="select" {...field} options={options} defaultValue="IE" />),
  ).toContain('<option value="IE" selected="">Ireland</option>')
})

test('a field with a description of its own keeps it beside ours', () => {
  const html = renderToStaticMarkup(
    <Field label="Name" name="name" hint="In full." aria-describedby="rule" />,
  )
  expect(html).toContain('aria-describedby="rule name-hint"')
})

test('two fields of one name on a page are told apart by their ids', () => {
  const html = renderToStaticMarkup(<Field label="Name" name="name" id="second-name" />)
  expect(html).toContain('<label for="second-name"')
  expect(html).toMatch(/<input[^>]*id="second-name"/)
})

test('only what need not be answered is marked', () => {
  expect(renderToStaticMarkup(<Field label="Name" name="name" optional />)).toContain('(optional)')
  expect(renderToStaticMarkup(<Field label="Name" name="name" />)).not.toContain('(optional)')
})
