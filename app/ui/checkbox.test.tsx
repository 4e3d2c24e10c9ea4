import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Checkbox } from './checkbox.tsx'

test('consent is never ticked for anyone', () => {
  expect(renderToStaticMarkup(<Checkbox name="agree" label="I agree." />)).not.toContain('checked')
})

test('Nare hears what is wrong with a box when she reaches it', () => {
  const html = renderToStaticMarkup(<Checkbox name="agree" label="I agree." errors={['Tick the box.']} />)
  expect(html).toMatch(/<p id="agree-error"[^>]*><span class="sr-only">Error: <\/span>Tick the box\.<\/p>/)
  expect(html).toMatch(/<input[^>]*aria-describedby="agree-error"/)
  expect(html).toMatch(/<input[^>]*aria-invalid="true"/)
})
