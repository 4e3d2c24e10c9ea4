import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, startFromSeed } from '../support/database.ts'
import { startHouse, type House } from '../support/house.ts'
import { serviceSettings } from '../support/settings.ts'

const standIn = {
  SANDBOX_PAYMENTS_URL: 'http://127.0.0.1:20001',
  SANDBOX_PAYMENTS_SECRET: `whsec_${Buffer.from('of no use').toString('base64')}`,
}

let house: House
beforeAll(async () => {
  await startFromSeed()
  house = await startHouse(process.env['DATABASE_URL'] ?? '', standIn)
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

describe('a form may lead to us and to Stripe’s own pages', () => {
  const itself = `'self' https://checkout.stripe.com https://billing.stripe.com`

  /** What a page lets forms do in an installation of these settings, on a database of its own. */
  async function formsIn(settings: Record<string, string>): Promise<string | undefined> {
    const database = await freshDatabase('seeded')
    const other = await startHouse(database.url, settings)
    try {
      return policyOf(await other.fetch('/')).get('form-action')
    } finally {
      await other.stop()
      await database.drop()
    }
  }

  test('and nowhere else, where money is real', async () => {
    const live = {
      ...serviceSettings,
      STRIPE_SECRET_KEY: 'sk_live_nothing',
      APP_URL: 'https://charity.example',
    }
    expect(await formsIn({ ...live, ...standIn })).toBe(itself)
  })

  test('and, in a sandbox, to the stand-in’s, from every page: rendered, kept, with script, or of an error', async () => {
    const pages = ['/', '/', '/sandbox/components', '/no-such-page']
    for (const path of pages) {
      const answer = await house.fetch(path)
      expect(policyOf(answer).get('form-action'), path).toBe(`${itself} http://127.0.0.1:20001`)
    }
    expect(await house.fetch('/')).toHaveHeader('etag', /-(br|gz)"$/)
  })

  test('and to those of another server that an operator names in Stripe’s place', async () => {
    const named = { ...serviceSettings, STRIPE_API_BASE: 'https://stripe.charity.example:8443/v1/' }
    expect(await formsIn(named)).toBe(`${itself} https://stripe.charity.example:8443`)
  })
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
