import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHouse, type House } from '../support/house.ts'

let house: House
beforeAll(async () => {
  house = await startHouse(process.env['DATABASE_URL'] ?? '')
})
afterAll(() => house.stop())

function policyOf(answer: Response): Map<string, string> {
  const header = answer.headers.get('content-security-policy') ?? ''
  return new Map(
    header.split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ')
      return [name, values.join(' ')]
    }),
  )
}

test('on a reading page no script may run at all, so there is no nonce to steal', async () => {
  const policy = policyOf(await house.fetch('/privacy'))
  expect(policy.get('default-src')).toBe(`'none'`)
  expect(policy.get('script-src')).toBe(`'none'`)
  expect(policy.get('style-src')).toBe(`'self'`)
})

test('where script makes a page nicer, only ours runs, with a nonce that is new each time', async () => {
  const first = await house.fetch('/sandbox/components')
  const second = await house.fetch('/sandbox/components')
  const nonce = /'nonce-([\w-]{16,})'/.exec(policyOf(first).get('script-src') ?? '')?.[1]
  expect(nonce).toBeDefined()
  expect(policyOf(second).get('script-src')).not.toContain(nonce)

  const html = await first.text()
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map(([, attributes]) => attributes)
  expect(inline.length).toBeGreaterThan(0)
  for (const attributes of inline) expect(attributes).toContain(`nonce="${nonce}"`)
})

test('a form may lead to us and to Stripe’s own pages, and nowhere else', async () => {
  const policy = policyOf(await house.fetch('/'))
  expect(policy.get('form-action')).toBe(`'self' https://checkout.stripe.com https://billing.stripe.com`)
})

test('nobody may frame a page, and no page may change what its links are relative to', async () => {
  const policy = policyOf(await house.fetch('/'))
  expect(policy.get('frame-ancestors')).toBe(`'none'`)
  expect(policy.get('base-uri')).toBe(`'none'`)
})

test('error pages and machine answers carry the policy too', async () => {
  for (const path of ['/no-such-page', '/healthz', '/theme.css']) {
    expect(policyOf(await house.fetch(path)).get('script-src')).toBe(`'none'`)
  }
})

test('the policy is enforced, not only reported', async () => {
  expect((await house.fetch('/')).headers.has('content-security-policy-report-only')).toBe(false)
})
