import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Money } from './money.tsx'

test('Armine reads her gift as people in Britain write it, on one line', () => {
  const html = renderToStaticMarkup(<Money value={{ amountMinor: 2550, currency: 'GBP' }} />)
  expect(html).toMatch(/^<span class="whitespace-nowrap tabular-nums">£25\.50<\/span>$/)
})

test('in a column every amount shows its pence', () => {
  expect(
    renderToStaticMarkup(<Money value={{ amountMinor: 2500, currency: 'GBP' }} everyDecimal />),
  ).toContain('£25.00')
})
