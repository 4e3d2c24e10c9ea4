import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { aGift, clientOf, describeInStandIn, refusal, useService } from './service.ts'

describeInStandIn('on a bad day', 'Stripe has no faults on demand', () => {
  const service = useService()
  const { control } = service
  beforeEach(async () => {
    await control('POST reset')
  })

  const impatient = () => {
    const { port } = new URL(service.url)
    return clientOf({ port: Number(port) })
  }
  const ask = (idempotencyKey: string) =>
    impatient().checkout.sessions.create(aGift(), { idempotencyKey, timeout: 500 })
  const made = async () => (await service.stripe.checkout.sessions.list()).data.length

  test.each([
    ['refuse', undefined, 0],
    ['hang', undefined, 0],
    ['rate-limit', 429, 0],
    ['bad-gateway', undefined, 0],
    ['drop', undefined, 1],
    ['accepted-hang', undefined, 1],
    ['html', undefined, 1],
  ])(
    '%s: the caller hears status %s, sessions made are %i, and asking again makes it one',
    async (fault, status, count) => {
      const key = randomUUID()
      // The SDK asks once more by itself when a connection is closed on it.
      const times = ['refuse', 'drop'].includes(fault) ? 2 : 1
      await control('POST next', { fault, times })
      const heard = await refusal(ask(key))
      expect(heard.statusCode).toBe(status)
      expect(await made()).toBe(count)
      expect(await ask(key)).toMatchObject({ status: 'open' })
      expect(await made()).toBe(1)
      const lines = service.log.filter((line) => line.key === key)
      expect(lines[0]).toMatchObject({ fault, outcome: count === 0 ? 'refused' : 'accepted' })
      expect(lines.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1)
    },
  )

  test('a fault of theirs after the work is remembered as a fault, though the work was done', async () => {
    const key = randomUUID()
    await control('POST next', { fault: 'accepted-server-error' })
    expect(await refusal(ask(key))).toMatchObject({ statusCode: 500 })
    expect(await refusal(ask(key))).toMatchObject({ statusCode: 500 })
    expect(await made()).toBe(1)
    const [session] = (await service.stripe.checkout.sessions.list()).data
    expect(service.log.filter((line) => line.key === key)).toMatchObject([
      { outcome: 'accepted', error: 'api_error', id: session?.id, metadata: session?.metadata },
      { outcome: 'replayed', id: null },
    ])
  })

  test('late is late, and good', async () => {
    await control('PUT faults', { delayMs: 50, routes: { 'POST /v1/checkout/sessions': { delay: 1 } } })
    expect(await ask(randomUUID())).toMatchObject({ status: 'open' })
    expect(service.log.at(-1)).toMatchObject({ fault: 'delay', outcome: 'accepted' })
  })

  test('any error of the table can be had', async () => {
    await control('POST next', { route: 'POST /v1/checkout/sessions', fault: { error: 'lock_timeout' } })
    expect(await refusal(ask(randomUUID()))).toMatchObject({ statusCode: 429, code: 'lock_timeout' })
    await control('POST next', { fault: { error: 'card_declined' } })
    expect(await refusal(ask(randomUUID()))).toMatchObject({ type: 'StripeCardError', code: 'card_declined' })
  })

  test('chance meets the same requests again when it has the same seed', async () => {
    const plan = { seed: 5, routes: { '*': { 'rate-limit': 0.5 } } }
    const run = async () => {
      await control('POST reset')
      await control('PUT faults', plan)
      const statuses: (number | undefined)[] = []
      for (let n = 0; n < 20; n++) {
        const asked = ask(`key-${n}`).then(
          () => 200,
          (error: { statusCode?: number }) => error.statusCode,
        )
        statuses.push(await asked)
      }
      return statuses
    }
    const first = await run()
    expect(new Set(first)).toEqual(new Set([200, 429]))
    expect(await run()).toEqual(first)
  })

  test('the log holds ids and metadata, and nobody’s name or address', async () => {
    await service.stripe.checkout.sessions.create(
      aGift({ customer_email: 'anna@charity.org', metadata: { gift: '7' } }),
    )
    expect(service.log.at(-1)).toMatchObject({
      metadata: { gift: '7' },
      id: expect.stringMatching(/^cs_test_/),
    })
    expect(JSON.stringify(service.log)).not.toContain('anna@')
  })
})
