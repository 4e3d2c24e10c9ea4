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
