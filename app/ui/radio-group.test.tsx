import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { RadioGroup } from './radio-group.tsx'

const options = [
  { value: 'once', label: 'Once' },
  { value: 'monthly', label: 'Every month', hint: 'Stop whenever you like.' },
]

test('Nare hears the question of a group, its hint and its error, before its choices', () => {
  const html = renderToStaticMarkup(
    <RadioGroup
      legend="How often?"
      name="often"
      hint="Choose one."
      errors={['Choose how often.']}
      options={options}
    />,
  )
  expect(html).toMatch(
    /^<fieldset aria-describedby="often-hint often-error"[^>]*><legend[^>]*>How often\?<\/legend>/,
  )
  expect(html.indexOf('Choose how often.')).toBeLessThan(html.indexOf('<input'))
})

test('the error summary can lead to the first choice, and every choice has a label of its own', () => {
  const html = renderToStaticMarkup(<RadioGroup legend="How often?" name="often" options={options} />)
  expect(html).toMatch(/<input[^>]*id="often"[^>]*value="once"/)
  expect(html).toMatch(/<label for="often"[^>]*>Once/)
  expect(html).toMatch(/<label for="often-2"[^>]*>Every month/)
  expect(html).toMatch(/<input[^>]*id="often-2"[^>]*aria-describedby="often-2-hint"/)
})

test('nothing is chosen for anybody, and what Tigran chose comes back', () => {
  expect(renderToStaticMarkup(<RadioGroup legend="Q" name="q" options={options} />)).not.toContain('checked')
  expect(
    renderToStaticMarkup(<RadioGroup legend="Q" name="q" options={options} defaultValue="monthly" />),
  ).toMatch(/<input[^>]*checked=""[^>]*value="monthly"|<input[^>]*value="monthly"[^>]*checked=""/)
})
