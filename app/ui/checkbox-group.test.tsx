import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CheckboxGroup } from './checkbox-group.tsx'

const options = [
  { value: 'report', label: 'The report' },
  { value: 'partners', label: 'The partners' },
]

test('Nare hears what a set of boxes is about', () => {
  const html = renderToStaticMarkup(
    <CheckboxGroup legend="What about?" name="topics" errors={['Choose a subject.']} options={options} />,
  )
  expect(html).toMatch(/^<fieldset aria-describedby="topics-error"[^>]*><legend[^>]*>What about\?<\/legend>/)
  expect(html).toMatch(/<label for="topics-2"[^>]*>The partners/)
})

test('nothing is ticked for anybody, and all that Tigran ticked comes back', () => {
  const group = { legend: 'What about?', name: 'topics', options }
  expect(renderToStaticMarkup(<CheckboxGroup {...group} />)).not.toContain('checked')
  const again = renderToStaticMarkup(<CheckboxGroup {...group} defaultValues={['report', 'partners']} />)
  expect(again.match(/checked=""/g)).toHaveLength(2)
})
