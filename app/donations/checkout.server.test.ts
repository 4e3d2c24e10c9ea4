import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { takeFrom } from '#app/platform/limits.server.ts'
import { randomToken, tokenHash } from '#app/platform/tokens.server.ts'
import { openCheckout, promiseGift } from './checkout.server.ts'
import { sayPurpose, type GiftAsked, type GiftState } from './gift.ts'

// This process speaks to the desk itself, as the site does.
const desk = await vi.hoisted(async () => {
  const { openPaymentDesk } = await import('#tests/support/payment-desk.ts')
  const opened = await openPaymentDesk()
  Object.assign(process.env, opened.settings)
  return opened
})
afterAll(() => desk.close())

const CREATE = 'POST /v1/checkout/sessions'
const EXPIRE = 'POST /v1/checkout/sessions/:id/expire'
const LIST = 'GET /v1/checkout/sessions'

let partnerId = ''
beforeAll(async () => {
  const partner = { slug: 'diggers', name: 'Diggers of Riverton', country: 'Atlantis', place: 'Riverton' }
  const rest = { summary: 'They dig.', isSample: false, position: 0, updatedAt: clock.now() }
  partnerId = (await db.partner.create({ data: { ...partner, ...rest } })).id
})

const start = clock.now()
beforeEach(async () => {
  await db.rateLimit.deleteMany()
  await desk.faults()
})
afterEach(async () => {
  clock.set(start)
  await desk.setClock(start)
})

/** Ani’s form, and what she does with it. */
function aForm(changes: Partial<GiftAsked> = {}, network = randomUUID()) {
  const token = randomToken()
  const wish: GiftAsked = {
    amount: { amountMinor: 2500, currency: 'GBP' },
    purpose: null,
    name: 'Ani',
    email: `ani-${randomUUID()}@example.org`,
    message: null,
    updatesWording: null,
    ...changes,
  }
  return {
    token,
    wish,
    network,
    press: (now: Partial<GiftAsked> = {}) => openCheckout(token, { ...wish, ...now }, network),
    promise: () => promiseGift(token, wish, network),
    gift: () =>
      db.gift.findUniqueOrThrow({
        where: { tokenHash: tokenHash(token) },
        include: { parts: true, moves: true, checkouts: { orderBy: { createdAt: 'asc' } } },
      }),
    /** Every page that was made for it at the desk, oldest first. */
    pages: async () => {
      const { id } = await db.gift.findUniqueOrThrow({ where: { tokenHash: tokenHash(token) } })
      const { data } = await desk.stripe.checkout.sessions.list({ limit: 100 })
      return data.filter(({ metadata }) => metadata?.['gift'] === id).reverse()
    },
    /** The requests for a page that reached the desk. */
    asked: async () => {
      const { checkouts } = await aGiftOf(token)
      const keys = checkouts.map(({ id }) => `courage/checkout/${id}`)
      return (await desk.log()).filter(({ route, key }) => route === CREATE && keys.includes(key ?? ''))
    },
  }
}

const aGiftOf = (token: string) =>
  db.gift.findUniqueOrThrow({ where: { tokenHash: tokenHash(token) }, include: { checkouts: true } })

async function later(hours: number): Promise<void> {
  clock.set(new Date(clock.now().getTime() + hours * 3_600_000))
  await desk.later(hours)
}

const convergeJobs = async (giftId: string) => {
  const rows = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from graphile_worker.jobs where key = ${`donations.converge ${giftId}`}`
  return rows[0]?.count
}

describe('A donor who presses the button', () => {
  test('is led to a page that asks for what they chose, and says whose it is', async () => {
    const form = aForm({ purpose: partnerId, amount: { amountMinor: 1234, currency: 'EUR' } })
    const opened = await form.press()
    const gift = await form.gift()
    const [page] = await form.pages()
    expect(opened).toEqual({ outcome: 'page', url: page?.url })
    const [attempt] = gift.checkouts
    const metadata = {
      gift: gift.id,
      attempt: attempt?.id,
      reference: gift.reference,
      purpose: `partner:${partnerId}`,
    }
    expect(page).toMatchObject({
      amount_total: 1234,
      currency: 'eur',
      customer_email: form.wish.email,
      client_reference_id: gift.reference,
      submit_type: 'donate',
      adaptive_pricing: { enabled: false },
      expires_at: Math.floor((attempt?.expiresAt.getTime() ?? 0) / 1000),
      success_url: `http://localhost:3000/donate/thanks?gift=${form.token}`,
      cancel_url: `http://localhost:3000/donate/give?gift=${form.token}`,
      metadata,
    })
    expect(attempt).toMatchObject({ state: 'open', sessionId: page?.id, url: page?.url })
    expect(JSON.stringify(attempt?.params)).toContain(`Gift ${sayPurpose('Diggers of Riverton')}`)
    await desk.pay(page?.id ?? '')
    const { payment_intent: paid } = await desk.stripe.checkout.sessions.retrieve(page?.id ?? '')
    expect((await desk.stripe.paymentIntents.retrieve(paid as string)).metadata).toEqual(metadata)
  })

  test('has one gift, with its parts and where it came from', async () => {
    const form = aForm({ message: 'For you.', updatesWording: 'Yes.' })
    await form.press()
    expect(await form.gift()).toMatchObject({
      state: 'started',
      amountMinor: 2500n,
      currency: 'GBP',
      name: 'Ani',
      message: 'For you.',
      updatesWording: 'Yes.',
      parts: [{ position: 0, partnerId: null, amountMinor: 2500n }],
      moves: [{ from: null, to: 'started', actor: 'donor' }],
    })
  })

  test('again and again, also at once, has one gift and one page', async () => {
    const form = aForm()
    const opened = await Promise.all([form.press(), form.press(), form.press()])
    expect(new Set(opened.map((each) => JSON.stringify(each))).size).toBe(1)
    expect(await form.press()).toEqual(opened[0])
    expect(await form.pages()).toHaveLength(1)
    expect(await form.asked()).toHaveLength(1)
    expect(opened[0]?.outcome).toBe('page')
  })

  test('leaves no token in the database: a copy of it opens no link', async () => {
    const form = aForm()
    await desk.next(CREATE, 'refuse', 4)
    await form.press()
    const rows = await db.$queryRaw<{ text: string }[]>`
      select g::text as text from gift g union all select c::text from checkout_attempt c`
    expect(rows.map(({ text }) => text).join()).not.toContain(form.token)
  })
})

describe('When Stripe does not answer', () => {
  test.each(['refuse', 'drop', 'bad-gateway', 'html', 'rate-limit'] as const)(
    'once (%s), the same is asked once more, and the donor notices nothing',
    async (fault) => {
      const form = aForm()
      // Stripe's client repeats by itself, once, what a closed connection cut off.
      await desk.next(CREATE, fault, ['refuse', 'drop'].includes(fault) ? 2 : 1)
      expect(await form.press()).toMatchObject({ outcome: 'page' })
      expect(await form.pages()).toHaveLength(1)
    },
  )

  test.each(['refuse', 'drop', 'bad-gateway', 'html', 'rate-limit'] as const)(
    'at all (%s), the donor may press again: same key, same bytes, one page',
    async (fault) => {
      const form = aForm()
      await desk.next(CREATE, fault, ['refuse', 'drop'].includes(fault) ? 4 : 2)
      expect(await form.press()).toEqual({ outcome: 'unanswered' })
      expect((await form.gift()).checkouts).toMatchObject([{ state: 'asked' }])
      expect(await form.press()).toMatchObject({ outcome: 'page' })
      expect(await form.pages()).toHaveLength(1)
      expect(new Set((await form.asked()).map(({ key }) => key)).size).toBe(1)
      expect((await form.asked()).filter(({ error }) => error === 'idempotency_error')).toEqual([])
    },
  )

  test('and is waited for in vain, what it did meanwhile is found by asking again', async () => {
    const form = aForm()
    await desk.next(CREATE, 'accepted-hang', 2)
    expect(await form.press()).toEqual({ outcome: 'unanswered' })
    expect(await form.press()).toMatchObject({ outcome: 'page' })
    expect(await form.pages()).toHaveLength(1)
  })
})

describe('When Stripe fails, and keeps that under the key', () => {
  test('a page that was made all the same is the one that the donor gets', async () => {
    const form = aForm()
    await desk.next(CREATE, 'accepted-server-error')
    const opened = await form.press()
    const pages = await form.pages()
    expect(opened).toEqual({ outcome: 'page', url: pages[0]?.url })
    expect(pages).toHaveLength(1)
  })

  test('and none was made, another is asked for at once with another key', async () => {
    const form = aForm()
    await desk.next(CREATE, 'server-error')
    expect(await form.press()).toMatchObject({ outcome: 'page' })
    expect((await form.gift()).checkouts).toMatchObject([
      { state: 'refused', problem: 'server_error', params: null },
      { state: 'open' },
    ])
    expect(await form.pages()).toHaveLength(1)
  })

  test('twice, the donor may press again', async () => {
    const form = aForm()
    await desk.next(CREATE, 'server-error', 2)
    expect(await form.press()).toEqual({ outcome: 'unanswered' })
    expect(await form.press()).toMatchObject({ outcome: 'page' })
    expect(await form.pages()).toHaveLength(1)
  })

  test('and cannot say whether there is one, nothing else is asked until it can', async () => {
    const form = aForm()
    await desk.next(CREATE, 'accepted-server-error')
    await desk.next(LIST, 'bad-gateway')
    expect(await form.press()).toEqual({ outcome: 'unanswered' })
    expect((await form.gift()).checkouts).toMatchObject([{ state: 'asked' }])
    expect(await form.press()).toMatchObject({ outcome: 'page' })
    expect(await form.pages()).toHaveLength(1)
  })
})

describe('When Stripe refuses', () => {
  test('its own word for it is kept, what was asked is not, and another try is another attempt', async () => {
    const form = aForm()
    await desk.next(CREATE, { error: 'invalid_parameter' })
    expect(await form.press()).toEqual({ outcome: 'refused', code: 'invalid_request_error', field: null })
    expect((await form.gift()).checkouts).toMatchObject([
      { state: 'refused', problem: 'invalid_request_error', params: null },
    ])
    expect(await form.press()).toMatchObject({ outcome: 'page' })
    expect(await form.pages()).toHaveLength(1)
  })

  test('an address, that is said of the address', async () => {
    const form = aForm({ email: `ani!${randomUUID()}@example.org` })
    expect(await form.press()).toMatchObject({ outcome: 'refused', field: 'customer_email' })
  })
})

describe('A donor who comes back', () => {
  test('and wants the same has the same page, and nobody is asked', async () => {
    const form = aForm()
    const first = await form.press()
    await later(5)
    expect(await form.press()).toEqual(first)
    expect(await form.press({ name: 'Ani B.', message: 'Be well.' })).toEqual(first)
    expect(await form.gift()).toMatchObject({ name: 'Ani B.', message: 'Be well.' })
    expect(await form.asked()).toHaveLength(1)
  })

  test.each([
    ['another amount', { amount: { amountMinor: 4000, currency: 'GBP' } }],
    ['another currency', { amount: { amountMinor: 2500, currency: 'USD' } }],
    ['another address', { email: 'other@example.org' }],
  ] as const)('with %s has another page, and the last one is closed first', async (_, wish) => {
    const form = aForm()
    const first = await form.press()
    const second = await form.press(wish)
    expect(second).toMatchObject({ outcome: 'page' })
    expect(second).not.toEqual(first)
    expect((await form.pages()).map(({ status }) => status)).toEqual(['expired', 'open'])
    const { checkouts, parts, amountMinor } = await form.gift()
    expect(checkouts).toMatchObject([{ state: 'closed', params: null, url: null }, { state: 'open' }])
    expect(parts.map((part) => part.amountMinor)).toEqual([amountMinor])
  })

  test('with another purpose has another page', async () => {
    const form = aForm()
    await form.press()
    expect(await form.press({ purpose: partnerId })).toMatchObject({ outcome: 'page' })
    expect((await form.pages()).map(({ status }) => status)).toEqual(['expired', 'open'])
    expect((await form.gift()).parts).toMatchObject([{ partnerId }])
  })

  test('after the page has run out has another one', async () => {
    const form = aForm()
    await form.press()
    await later(24)
    expect(await form.press()).toMatchObject({ outcome: 'page' })
    expect((await form.pages()).map(({ status }) => status)).toEqual(['expired', 'open'])
  })

  test('shortly before it runs out has another one too: it would end under their hands', async () => {
    const form = aForm()
    await form.press()
    await later(22.9)
    expect(await form.press()).toMatchObject({ outcome: 'page' })
    expect((await form.pages()).map(({ status }) => status)).toEqual(['expired', 'open'])
  })

  test('with another amount, when nobody knows whether there is a page, has none but the new one', async () => {
    const form = aForm()
    await desk.next(CREATE, 'drop', 4)
    expect(await form.press()).toEqual({ outcome: 'unanswered' })
    const amount = { amountMinor: 4000, currency: 'GBP' as const }
    expect(await form.press({ amount })).toMatchObject({ outcome: 'page' })
    expect((await form.pages()).map(({ status }) => status)).toEqual(['expired', 'open'])
  })

  test('when nobody knows, a day later, has a new page; what is past its end is not asked for again', async () => {
    const form = aForm()
    await desk.next(CREATE, 'refuse', 4)
    expect(await form.press()).toEqual({ outcome: 'unanswered' })
    await later(24)
    expect(await form.press()).toMatchObject({ outcome: 'page' })
    const { checkouts } = await form.gift()
    expect(checkouts.map(({ state }) => state)).toEqual(['closed', 'open'])
    const old = (await form.asked()).filter(({ key }) => key?.endsWith(checkouts[0]?.id ?? ''))
    expect(old).toHaveLength(4)
  })

  test('gets no other page while it is not certain that the last one is closed', async () => {
    const form = aForm()
    await form.press()
    await desk.next(EXPIRE, 'refuse', 2)
    const amount = { amountMinor: 4000, currency: 'GBP' as const }
    expect(await form.press({ amount })).toEqual({ outcome: 'unanswered' })
    expect(await form.pages()).toHaveLength(1)
    expect(await form.gift()).toMatchObject({ amountMinor: 2500n })
    expect(await form.press({ amount })).toMatchObject({ outcome: 'page' })
    expect((await form.pages()).map(({ status }) => status)).toEqual(['expired', 'open'])
  })

  test('gets another page although Stripe keeps a fault under the key of closing', async () => {
    const form = aForm()
    await form.press()
    await desk.next(EXPIRE, 'server-error')
    const amount = { amountMinor: 4000, currency: 'GBP' as const }
    expect(await form.press({ amount })).toMatchObject({ outcome: 'page' })
    expect((await form.pages()).map(({ status }) => status)).toEqual(['expired', 'open'])
  })

  test('after paying, before we heard of it, is not asked to pay again: somebody looks', async () => {
    const form = aForm()
    await form.press()
    const [page] = await form.pages()
    await desk.pay(page?.id ?? '')
    expect(await form.press({ amount: { amountMinor: 4000, currency: 'GBP' } })).toEqual({ outcome: 'given' })
    expect(await form.promise()).toEqual({ outcome: 'given' })
    expect(await form.pages()).toHaveLength(1)
    expect(await form.gift()).toMatchObject({ amountMinor: 2500n, state: 'started' })
    expect(await convergeJobs((await form.gift()).id)).toBe(1)
  })

  test.each(['processing', 'received'] as const)(
    'to a gift that is %s has nothing left to do',
    async (state) => {
      const form = aForm()
      await form.press()
      await db.gift.update({ where: { tokenHash: tokenHash(form.token) }, data: { state } })
      const amount = { amountMinor: 4000, currency: 'GBP' as const }
      expect(await form.press()).toEqual({ outcome: 'given' })
      expect(await form.press({ amount })).toEqual({ outcome: 'given' })
      expect(await form.promise()).toEqual({ outcome: 'given' })
      expect(await form.gift()).toMatchObject({ amountMinor: 2500n, state })
      expect(await form.asked()).toHaveLength(1)
      expect((await form.pages()).map(({ status }) => status)).toEqual(['open'])
    },
  )

  test.each(['expired', 'failed', 'promised'] satisfies GiftState[])(
    'to a gift that is %s begins again, and that is written down',
    async (state) => {
      const form = aForm()
      await form.press()
      const { id } = await form.gift()
      await db.gift.update({ where: { id }, data: { state } })
      await db.checkoutAttempt.updateMany({ where: { giftId: id }, data: { state: 'closed' } })
      // Also when Stripe fails in the middle of it.
      await desk.next(CREATE, 'server-error')
      expect(await form.press()).toMatchObject({ outcome: 'page' })
      const { moves, state: now } = await form.gift()
      expect(now).toBe('started')
      expect(moves).toHaveLength(2)
      expect(moves).toContainEqual(expect.objectContaining({ from: state, to: 'started', actor: 'donor' }))
    },
  )
})

describe('A donor who pays from their bank', () => {
  test('has promised it, without a word to Stripe, however often they say so', async () => {
    const form = aForm()
    const said = await Promise.all([form.promise(), form.promise()])
    expect(said).toEqual([{ outcome: 'promised' }, { outcome: 'promised' }])
    expect(await form.gift()).toMatchObject({
      state: 'promised',
      moves: [{ from: null, to: 'promised', actor: 'donor' }],
      checkouts: [],
    })
  })

  test('after having been to the payment page cannot pay on it any more', async () => {
    const form = aForm()
    await form.press()
    expect(await form.promise()).toEqual({ outcome: 'promised' })
    expect((await form.pages()).map(({ status }) => status)).toEqual(['expired'])
    expect(await form.gift()).toMatchObject({ state: 'promised', checkouts: [{ state: 'closed' }] })
  })

  test('has promised nothing while the page may still be open', async () => {
    const form = aForm()
    await form.press()
    await desk.next(EXPIRE, 'drop', 2)
    expect(await form.promise()).toEqual({ outcome: 'unanswered' })
    expect((await form.gift()).state).toBe('started')
    expect(await form.promise()).toEqual({ outcome: 'promised' })
  })
})

describe('Payment pages are made', () => {
  test('ten an hour for one network; what is asked or answered again is not counted', async () => {
    const network = randomUUID()
    for (let nth = 0; nth < 10; nth += 1) {
      const form = aForm({}, network)
      await desk.next(CREATE, 'rate-limit', 2)
      expect(await form.press()).toEqual({ outcome: 'unanswered' })
      expect(await form.press()).toMatchObject({ outcome: 'page' })
      expect(await form.press()).toMatchObject({ outcome: 'page' })
    }
    const one = aForm({}, network)
    expect(await one.press()).toEqual({ outcome: 'limited' })
    expect(await db.gift.count({ where: { tokenHash: tokenHash(one.token) } })).toBe(0)
    expect(await one.promise()).toEqual({ outcome: 'promised' })
  })

  test('five an hour for one mailbox, however it is spelled and wherever it is typed', async () => {
    for (let nth = 0; nth < 5; nth += 1) {
      expect(await aForm({ email: `o.ften+${nth}@example.org` }).press()).toMatchObject({ outcome: 'page' })
    }
    expect(await aForm({ email: 'often@Example.org' }).press()).toEqual({ outcome: 'limited' })
  })

  test('six hundred an hour for the whole site', async () => {
    const all = { times: 600, perSeconds: 3600 }
    for (let nth = 0; nth < 600; nth += 1) await takeFrom(db, 'payment-page-site', 'all', all)
    expect(await aForm().press()).toEqual({ outcome: 'limited' })
  })

  test('no oftener for one gift: its last page stays open when there may be no other', async () => {
    const form = aForm()
    for (let nth = 1; nth <= 5; nth += 1) {
      const amount = { amountMinor: nth * 100, currency: 'GBP' as const }
      expect(await form.press({ amount })).toMatchObject({ outcome: 'page' })
    }
    expect(await form.press({ amount: { amountMinor: 4000, currency: 'GBP' } })).toEqual({
      outcome: 'limited',
    })
    expect((await form.pages()).map(({ status }) => status).at(-1)).toBe('open')
    expect(await form.gift()).toMatchObject({ amountMinor: 500n })
  })
})
