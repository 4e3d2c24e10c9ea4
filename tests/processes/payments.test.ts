import { afterEach, expect, test } from 'vitest'
import { aGift } from '../sandbox/stripe/service.ts'
import { dataFolder, deskIn, endAll, isAlive, start, until } from './started.ts'

afterEach(endAll)

test('after npm start a donor can pay, and what was paid outlives the death of the stand-in and the end of the sandbox', async () => {
  const dataDir = await dataFolder()
  const first = await start(dataDir)
  await first.says(/^ready on /m)
  const desk = deskIn(dataDir)
  const { id, url } = await desk.stripe.checkout.sessions.create(
    aGift({ success_url: `${first.url}/privacy`, cancel_url: first.url }),
  )
  expect(await (await fetch(url ?? '')).text()).toContain('Donate £10.00')
  const back = await fetch(url ?? '', { method: 'POST', body: new URLSearchParams({ do: 'pay' }) })
  expect(back.url, 'they are back on the site').toBe(`${first.url}/privacy`)
  const isHeard = async () => {
    const news = await desk.news()
    return news.length > 0 && news.every(({ state }) => state === 'delivered')
  }
  await until('the site has taken in all that the stand-in told', isHeard)

  const isPaid = async () => (await desk.stripe.checkout.sessions.retrieve(id)).payment_status === 'paid'
  process.kill(first.children().payments ?? NaN, 'SIGKILL')
  await first.says(/The stand-in for Stripe is back/)
  expect(await isPaid()).toBe(true)

  const family = first.children()
  first.signal('SIGTERM')
  await first.ended
  expect(Object.values(family).filter(isAlive)).toEqual([])
  const second = await start(dataDir)
  await second.says(/^ready on /m)
  expect(await isPaid(), 'in the same place').toBe(true)
})

test('in a sandbox that is set to another day a gift can be made all the same, also after the site was started again', async () => {
  const dataDir = await dataFolder()
  const house = await start(dataDir, { CLOCK: '2021-05-06T09:00:00Z' })
  await house.says(/^ready on /m)
  const give = async () => {
    const choice = 'currency=GBP&amount=25&own=&to=most_needed'
    const page = await (await fetch(`${house.url}/donate/give?${choice}`)).text()
    const gift = /name="gift" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const form = new URLSearchParams(`${choice}&gift=${gift}&name=Ani&email=ani@example.org&go=give`)
    const headers = { origin: house.url }
    const sent = await fetch(`${house.url}/donate/give`, {
      method: 'POST',
      body: form,
      headers,
      redirect: 'manual',
    })
    expect(sent.status).toBe(303)
    const payment = { method: 'POST', body: new URLSearchParams({ do: 'pay' }), redirect: 'manual' } as const
    await fetch(sent.headers.get('location') ?? '', payment)
    const told = async () => (await fetch(`${house.url}/donate/thanks?gift=${gift}`)).text()
    await until('the gift is received', async () => (await told()).includes('Thank you for your gift'))
  }
  await give()
  process.kill(house.children().web ?? NaN, 'SIGKILL')
  await house.says(/The web process is back/)
  await give()
  const { data } = await deskIn(dataDir).stripe.charges.list()
  expect(data.map(({ created }) => new Date(created * 1000).getUTCFullYear())).toEqual([2021, 2021])
})
