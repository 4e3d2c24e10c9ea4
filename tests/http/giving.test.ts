import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GiftState } from '#app/donations/gift.ts'
import type { Movement } from '#app/donations/movement.ts'
import { recordMovement } from '#app/donations/movements.server.ts'
import { moveGift } from '#app/donations/moves.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { tokenHash } from '#app/platform/tokens.server.ts'
import { textOf } from '../support/crawl.ts'
import { startFromSeed } from '../support/database.ts'
import { everyRow } from '../support/every-row.ts'
import { startHouse, type House } from '../support/house.ts'
import { charge, comesAgain, goesBack } from '../support/movements.ts'
import { openPaymentDesk, type PaymentDesk } from '../support/payment-desk.ts'

const PARTNER = 'lady-cox-rehabilitation-centre'
const CREATE = 'POST /v1/checkout/sessions'

let desk: PaymentDesk
let house: House
beforeAll(async () => {
  await startFromSeed()
  desk = await openPaymentDesk()
  house = await startHouse(process.env['DATABASE_URL'] ?? '', desk.settings)
})
afterAll(async () => {
  await house.stop()
  await desk.close()
})
beforeEach(() => db.rateLimit.deleteMany())

const choice = { currency: 'GBP', amount: '25', own: '', to: 'most_needed' }
const person = { name: 'Ani & Bea', email: 'ani@example.org', message: 'For <you>.\nKeep well.' }

const read = async (path: string) => {
  const answer = await house.fetch(path)
  return { answer, html: await answer.text() }
}

const secondPage = (changes: Record<string, string> = {}) =>
  read(`/donate/give?${new URLSearchParams({ ...choice, ...changes }).toString()}`)

/** What the form carries without being asked. */
const carriedBy = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, textOf(value).trim()],
    ),
  )

/** What stands in a field, as a browser shows it. */
function valueOf(html: string, name: string): string | undefined {
  const area = new RegExp(`<textarea[^>]*name="${name}"[^>]*>(.*?)</textarea>`, 's').exec(html)?.[1]
  const input = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(html)?.[0]
  const value = area ?? /\svalue="([^"]*)"/.exec(input ?? '')?.[1]
  return value?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

async function send(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await house.fetch('/donate/give', {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: house.url, ...headers },
  })
  return { answer, html: await answer.text() }
}

/** Ani’s form as she sends it, and its token. */
async function aForm(changes: Record<string, string> = {}) {
  const carried = carriedBy((await secondPage()).html)
  const fields = {
    ...carried,
    ...person,
    email: `ani-${carried['gift']?.slice(0, 6)}@example.org`,
    ...changes,
  }
  const token = carried['gift'] ?? ''
  return {
    token,
    fields,
    press: (now: Record<string, string> = {}) => send({ ...fields, go: 'give', ...now }),
    gift: () => db.gift.findUniqueOrThrow({ where: { tokenHash: tokenHash(token) } }),
    closePage: () =>
      db.checkoutAttempt.updateMany({
        where: { gift: { tokenHash: tokenHash(token) } },
        data: { state: 'closed', params: {}, url: null },
      }),
    /** Payments on its newest page were declined. */
    declined: async (declines: number) => {
      const where = { gift: { tokenHash: tokenHash(token) } }
      const { id } = await db.checkoutAttempt.findFirstOrThrow({ where, orderBy: { createdAt: 'desc' } })
      await db.checkoutAttempt.update({ where: { id }, data: { declines } })
    },
    become: (state: GiftState, more = {}) =>
      db.gift.update({ where: { tokenHash: tokenHash(token) }, data: { state, ...more } }),
  }
}

const tickedIn = (html: string) =>
  [...html.matchAll(/<input[^>]*\schecked=""[^>]*>/g)].map(([input]) => /\svalue="([^"]*)"/.exec(input)?.[1])

describe('Whoever wants to give', () => {
  test('is asked how much and what for, with no amount chosen for them, and about nobody', async () => {
    const { html } = await read('/donate')
    expect(tickedIn(html)).toEqual(['GBP', 'most_needed'])
    expect(html).toMatch(/<form[^>]*method="get"[^>]*action="\/donate\/give"/)
    expect(html).not.toMatch(/name="(name|email|message)"/)
    expect(textOf(html)).toMatch(/Sample partner in Nigeria Sample/)
  })

  test('on a partner’s page gives for that partner, without being asked', async () => {
    const { html } = await read(`/partners/${PARTNER}`)
    expect(html).toContain(`<input type="hidden" name="to" value="${PARTNER}"/>`)
    expect(html).not.toMatch(/type="radio"[^>]*name="to"/)
  })

  test('is asked who they are next; the button says how much, in which currency, how often', async () => {
    const { answer, html } = await secondPage({ currency: 'EUR', amount: 'own', own: '12,5', to: PARTNER })
    expect(answer.status).toBe(200)
    expect(textOf(html)).toContain('Give €12.50 once')
    expect(textOf(html)).toContain('Your gift: €12.50, once')
    expect(textOf(html)).toContain('the work of Lady Cox Rehabilitation Centre')
    expect(carriedBy(html)).toMatchObject({ currency: 'EUR', amount: 'own', own: '12.50', to: PARTNER })
    expect(tickedIn(html)).toEqual([])
  })

  test('has a form of their own each time, and none is kept before it is sent', async () => {
    const before = await everyRow()
    const tokens = [await secondPage(), await secondPage()].map(({ html }) => carriedBy(html)['gift'])
    expect(tokens[0]).toMatch(/^[\w-]{22}$/)
    expect(tokens[0]).not.toBe(tokens[1])
    expect(await everyRow()).toEqual(before)
  })

  test.each([
    [{ amount: '' }, 'amount', 'Choose an amount, or enter your own.'],
    [{ amount: 'own', own: 'ten' }, 'own', 'Enter the amount in figures'],
    [{ amount: 'own', own: '0.50' }, 'own', 'Enter £1 or more'],
    [{ currency: 'XYZ' }, 'currency', 'Choose a currency.'],
    [{ to: 'nobody' }, 'to', 'Choose what your gift is for.'],
  ])('and chose %j is told what to put right, and finds the rest as it was', async (wrong, field, words) => {
    const { answer, html } = await secondPage(wrong)
    expect(answer.status).toBe(400)
    expect(html).toMatch(/<title>Error: /)
    expect(html).toContain(`href="#${field}"`)
    expect(textOf(html)).toContain(words)
    const asked = { ...choice, ...wrong }
    expect(valueOf(html, 'own')).toBe(asked.own)
    if (field !== 'amount' && field !== 'own') expect(tickedIn(html)).toContain('25')
  })
})

describe('Whoever says who they are', () => {
  test('goes on to the payment page, and nothing of them stands in its address', async () => {
    const form = await aForm()
    const { answer } = await form.press()
    expect(answer.status).toBe(303)
    const { data } = await desk.stripe.checkout.sessions.list({ limit: 1 })
    expect(answer).toHaveRedirect(data[0]?.url ?? '')
    expect(data[0]).toMatchObject({ amount_total: 2500, customer_email: form.fields.email })
    expect(await form.gift()).toMatchObject({ state: 'started', name: 'Ani & Bea', message: person.message })
  })

  test('and presses twice at once is led to one page', async () => {
    const form = await aForm()
    const before = (await desk.accepted(CREATE)).length
    const both = await Promise.all([form.press(), form.press()])
    expect(both.map(({ answer }) => answer.status)).toEqual([303, 303])
    expect(both[0].answer.headers.get('location')).toBe(both[1].answer.headers.get('location'))
    expect((await desk.accepted(CREATE)).length).toBe(before + 1)
  })

  test.each([
    [{ name: ' ' }, 'name', 'Enter your name.'],
    [{ email: 'ani' }, 'email', 'Enter an email address in the correct format'],
    [{ message: '4242 4242 4242 4242' }, 'message', 'number of a card'],
    [{ 'leave-empty': 'buy now' }, 'form', 'press the button again'],
    [{ updates: 'yes', wording: 'abc' }, 'updates', 'have changed since you opened the page'],
  ])(
    'with %j is told what to put right, keeps what they typed, and nothing is stored',
    async (wrong, field, words) => {
      const form = await aForm()
      const before = await everyRow()
      for (const go of ['give', 'bank']) {
        const { answer, html } = await form.press({ ...wrong, go })
        expect(answer.status).toBe(400)
        expect(answer).toHaveHeader('cache-control', 'no-store')
        expect(html).toMatch(/<title>Error: /)
        expect(textOf(html)).toContain(words)
        if (field !== 'form') expect(html).toContain(`href="#${field}"`)
        const typed: Record<string, string> = { ...form.fields, ...wrong }
        for (const name of ['name', 'email', 'message']) {
          expect(valueOf(html, name)?.trim()).toBe(typed[name]?.trim())
        }
        expect(carriedBy(html)['gift']).toBe(form.token)
        expect(html).not.toContain('buy now')
      }
      expect(await everyRow()).toEqual(before)
    },
  )

  test('gets updates only by ticking, in exactly the words that they saw', async () => {
    const page = (await secondPage()).html
    const words = /<label for="updates"[^>]*>(.*?)<\/label>/s.exec(page)?.[1] ?? ''
    expect(words).toContain('may send me updates by email')
    const without = await aForm()
    await without.press()
    expect(await without.gift()).toMatchObject({ updatesWording: null })
    const ticked = await aForm({ updates: 'yes' })
    await ticked.press()
    expect((await ticked.gift()).updatesWording).toBe(textOf(words))
  })

  test('may change how much and what for, and loses nothing that they typed on the way there and back', async () => {
    const form = await aForm({ updates: 'yes' })
    const { answer, html } = await form.press({ go: 'change', message: 'Half a' })
    expect(answer.status).toBe(200)
    expect(html).toMatch(/<form[^>]*method="post"/)
    expect(tickedIn(html)).toEqual(['GBP', '25', 'most_needed'])
    const carried = carriedBy(html)
    const wrong = await send({ ...carried, ...choice, amount: '', go: 'choose' })
    expect(wrong.answer.status).toBe(400)
    expect(carriedBy(wrong.html)).toEqual(carried)
    const back = await send({ ...carried, ...choice, amount: '50', to: PARTNER, go: 'choose' })
    expect(back.answer.status).toBe(200)
    expect(textOf(back.html)).toContain('Give £50.00 once')
    for (const name of ['name', 'email'] as const) expect(valueOf(back.html, name)).toBe(form.fields[name])
    expect(valueOf(back.html, 'message')).toBe('Half a')
    expect(tickedIn(back.html)).toEqual(['yes'])
    expect(carriedBy(back.html)['gift']).toBe(form.token)
    expect(await db.gift.count({ where: { tokenHash: tokenHash(form.token) } })).toBe(0)
  })

  test('in a form without its token is given another, and presses again', async () => {
    const form = await aForm()
    for (const gift of ['', 'short', '../../../../etc/passwd']) {
      const { answer, html } = await form.press({ gift })
      expect(answer.status).toBe(400)
      expect(textOf(html)).toContain('The form did not arrive whole')
      expect(carriedBy(html)['gift']).toMatch(/^[\w-]{22}$/)
      expect((await send({ ...carriedBy(html), ...person, go: 'give' })).answer.status).toBe(303)
    }
  })

  test('on a page of another site does not act here', async () => {
    const form = await aForm()
    expect(
      (await send({ ...form.fields, go: 'give' }, { origin: 'https://evil.example' })).answer.status,
    ).toBe(403)
  })
})

describe('When there is no payment page to be had', () => {
  test('because Stripe does not answer, the donor is told, keeps everything, and presses again', async () => {
    const form = await aForm()
    await desk.next(CREATE, 'bad-gateway', 2)
    const { answer, html } = await form.press()
    expect(answer.status).toBe(503)
    expect(textOf(html)).toContain(
      'The payment service does not answer. Nothing was taken. Your details are here: press the button again.',
    )
    expect(valueOf(html, 'message')).toBe(person.message)
    expect((await send({ ...carriedBy(html), ...form.fields, go: 'give' })).answer.status).toBe(303)
  })

  test('because Stripe refuses, the donor is told so, with its word for it', async () => {
    const form = await aForm()
    await desk.next(CREATE, { error: 'invalid_parameter' })
    const { answer, html } = await form.press()
    expect(answer.status).toBe(503)
    expect(textOf(html)).toMatch(/did not take this request \(invalid_request_error\)\. Nothing was taken\./)
    expect(valueOf(html, 'name')).toBe('Ani & Bea')
  })

  test('because Stripe refuses, the log says what Stripe calls it and where to find it there, and nothing of the donor', async () => {
    const form = await aForm({ email: 'ani!bea@example.org' })
    await form.press()
    const { id: giftId } = await form.gift()
    const told = house.log().filter((line) => line['giftId'] === giftId)
    expect(told).toMatchObject([
      {
        msg: 'Stripe made no payment page',
        code: expect.stringMatching(/^[a-z_]+$/) as string,
        field: 'customer_email',
        requestId: expect.stringMatching(/^req_/) as string,
      },
    ])
    expect(JSON.stringify(told)).not.toMatch(/ani!bea|example\.org|Ani|Keep well/)
  })

  test('because of the address, the address is what to put right', async () => {
    const form = await aForm({ email: 'ani!bea@example.org' })
    const { answer, html } = await form.press()
    expect(answer.status).toBe(400)
    expect(html).toContain('href="#email"')
    expect(valueOf(html, 'email')).toBe('ani!bea@example.org')
  })

  test('because too many were asked for, the donor hears the same whichever limit it was, and can pay by bank', async () => {
    const said = []
    for (const emails of [(nth: number) => `n${nth}@example.org`, () => 'one@example.org']) {
      await db.rateLimit.deleteMany()
      let last = await (await aForm({ email: emails(0) })).press()
      for (let nth = 1; last.answer.status === 303; nth += 1) {
        last = await (await aForm({ email: emails(nth) })).press()
      }
      expect(last.answer.status).toBe(429)
      expect(last.answer).toHaveHeader('retry-after', '900')
      said.push(/role="alert".*?<\/ul>/s.exec(last.html)?.[0])
      const stored = await db.gift.count()
      const bank = await send({ ...carriedBy(last.html), ...person, go: 'bank' })
      expect(bank.answer.status).toBe(303)
      expect(await db.gift.count()).toBe(stored + 1)
    }
    expect(said[0]).toContain('pay by bank transfer')
    expect(said[1]).toBe(said[0])
  })
})

describe('Whoever comes back from the payment page', () => {
  test.each([
    ['started', 'We are confirming your gift'],
    ['processing', 'your gift is on its way'],
    ['received', 'Thank you for your gift'],
    ['failed', 'Your gift did not arrive'],
    ['expired', 'Your gift was not made'],
    ['promised', 'Thank you for your promise'],
  ] satisfies [GiftState, string][])(
    'is told what is known of a gift that is %s, and who gave it is not said',
    async (state, words) => {
      const form = await aForm()
      await form.press()
      await form.become(state)
      const { answer, html } = await read(`/donate/thanks?gift=${form.token}`)
      expect(answer.status).toBe(200)
      expect(textOf(html)).toContain(words)
      expect(textOf(html)).toContain('£25.00')
      expect(textOf(html)).toContain((await form.gift()).reference)
      expect(html).not.toMatch(/Ani|example\.org|Keep well/)
      expect(answer.headers.has('refresh')).toBe(state === 'started')
    },
  )

  test('before we know waits on a page that looks again by itself, ever more seldom, and then no more', async () => {
    const form = await aForm()
    await form.press()
    const pauses: number[] = []
    let path: string | undefined = `/donate/thanks?gift=${form.token}`
    let last = ''
    while (path) {
      const { answer, html } = await read(path)
      const [, pause, next] =
        /^(\d+);url=(\/donate\/thanks\?gift=.*)$/.exec(answer.headers.get('refresh') ?? '') ?? []
      if (pause) pauses.push(Number(pause))
      path = next
      last = html
    }
    expect(pauses.length).toBeGreaterThan(4)
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
    expect(textOf(last)).toContain('It takes longer than usual. You can close this page')
    expect(textOf(last)).not.toContain('Thank you')
  })

  test.each([
    ['left it', 'started', 0, 'no payment has reached us'],
    ['was declined', 'started', 1, 'The payment was declined'],
    ['was declined before it ran out', 'expired', 1, 'The payment was declined'],
    [
      'was declined too often',
      'expired',
      5,
      'The payment page was closed Several payments on it were declined',
    ],
    ['let it run out', 'expired', 0, 'The payment page has closed'],
    ['chose a way that failed', 'failed', 1, 'The payment did not arrive'],
    ['chose the bank', 'promised', 0, 'You chose to pay by bank transfer'],
  ] satisfies [string, GiftState, number, string][])(
    'and %s finds everything that they typed, and goes on with the same gift',
    async (_, state, declines, words) => {
      const form = await aForm()
      await form.press()
      if (state !== 'started') await form.closePage()
      await form.declined(declines)
      await form.become(state)
      const { answer, html } = await read(`/donate/give?gift=${form.token}`)
      expect(answer.status).toBe(200)
      expect(textOf(html)).toContain(words)
      for (const name of ['name', 'email', 'message'] as const) {
        expect(valueOf(html, name)).toBe(form.fields[name])
      }
      expect(carriedBy(html)).toMatchObject({ ...choice, gift: form.token })
      expect((await form.press()).answer.status).toBe(303)
      expect(await form.gift()).toMatchObject({ state: 'started' })
    },
  )

  test('is not told of a declined payment again, after they have left the page that followed', async () => {
    const form = await aForm()
    await form.press()
    await form.declined(5)
    await form.closePage()
    await form.become('expired', { declines: 5 })
    await form.press()
    const { html } = await read(`/donate/give?gift=${form.token}`)
    expect(textOf(html)).toContain('You have not paid yet')
    expect(textOf(html)).not.toContain('declined')
  })

  test('that was closed after too many declined payments is told so, and what else they can do', async () => {
    const form = await aForm()
    await form.press()
    await form.closePage()
    await form.become('expired')
    const ranOut = textOf((await read(`/donate/thanks?gift=${form.token}`)).html)
    expect(ranOut).toContain('The time to pay it has run out')
    expect(ranOut).not.toContain('declined')
    await form.declined(5)
    const closed = textOf((await read(`/donate/thanks?gift=${form.token}`)).html)
    expect(closed).toContain('Several payments were declined, and then the payment page closes')
    expect(closed).toContain('try again with another card')
    expect(closed).toContain('bank transfer')
    expect(closed).not.toContain('run out')
  })

  test('after a promise that was not kept reads that its time has run out, whatever was declined before', async () => {
    const form = await aForm()
    await form.press()
    await form.declined(5)
    await form.closePage()
    await form.press({ go: 'bank' })
    const { id } = await form.gift()
    await inTransaction((tx) => moveGift(tx, id, 'expired', 'clock'))
    const { html } = await read(`/donate/thanks?gift=${form.token}`)
    expect(textOf(html)).toContain('The time to pay it has run out')
  })

  test.each<[string, (gift: Movement) => Movement[], string[]]>([
    ['all was returned', (gift) => [goesBack('refund', gift, 2500)], ['All of it has since been returned']],
    [
      'some was returned in two parts',
      (gift) => [goesBack('refund', gift, 1000), goesBack('refund', gift, 250)],
      ['£12.50 of it has since been returned'],
    ],
    [
      'a refund did not arrive',
      (gift) => {
        const refund = goesBack('refund', gift, 1000)
        return [refund, comesAgain(refund)]
      },
      [],
    ],
    [
      'the bank took it back',
      (gift) => [goesBack('dispute', gift, 2500)],
      ['All of it has since gone back to the bank that it came from, which asked for it'],
    ],
    [
      'the bank took it and gave it again',
      (gift) => {
        const dispute = goesBack('dispute', gift, 2500)
        return [dispute, comesAgain(dispute)]
      },
      [],
    ],
  ])('and finds a received gift of which %s is told that', async (_, back, words) => {
    const form = await aForm()
    await form.press()
    await form.become('received')
    const gift = charge((await form.gift()).id, [{ partnerId: null, amountMinor: 2500 }])
    for (const movement of [gift, ...back(gift)]) await inTransaction((tx) => recordMovement(tx, movement))
    const page = textOf((await read(`/donate/thanks?gift=${form.token}`)).html)
    expect(page).toContain('Thank you for your gift')
    for (const each of words) expect(page).toContain(each)
    if (words.length === 0) expect(page).not.toContain('has since')
  })

  test('to a gift that was forgotten since finds the amount, and types the rest again', async () => {
    const form = await aForm()
    await form.press()
    await form.closePage()
    await form.become('expired', { name: null, email: null, message: null })
    const { html } = await read(`/donate/give?gift=${form.token}`)
    expect(textOf(html)).toContain('Give £25.00 once')
    expect(valueOf(html, 'name')).toBe('')
    expect((await form.press()).answer.status).toBe(303)
    expect(await form.gift()).toMatchObject({ name: 'Ani & Bea', state: 'started' })
  })

  test.each(['processing', 'received'] satisfies GiftState[])(
    'to the form of a gift that is %s is thanked, and not asked again',
    async (state) => {
      const form = await aForm()
      await form.press()
      await form.become(state)
      const thanks = `/donate/thanks?gift=${form.token}`
      expect((await read(`/donate/give?gift=${form.token}`)).answer).toHaveRedirect(thanks)
      expect((await form.press()).answer).toHaveRedirect(thanks)
      expect((await form.press({ go: 'bank' })).answer).toHaveRedirect(thanks)
      expect((await read(`/donate/bank?gift=${form.token}`)).answer).toHaveRedirect(thanks)
    },
  )
})

describe('Whoever pays from their bank', () => {
  test('is told where to send how much, by which reference, and what happens then', async () => {
    const form = await aForm()
    const { answer } = await form.press({ go: 'bank' })
    expect(answer).toHaveRedirect(`/donate/bank?gift=${form.token}`)
    const { html } = await read(`/donate/bank?gift=${form.token}`)
    const page = textOf(html)
    for (const words of [
      '00-00-00',
      '£25.00',
      (await form.gift()).reference,
      'What happens next',
      'script',
    ]) {
      expect(page).toContain(words)
    }
    expect(html).not.toMatch(/Ani|example\.org/)
  })

  test('after the payment page, while nobody knows that it is closed, is told so and has promised nothing', async () => {
    const form = await aForm()
    await form.press()
    await desk.next('POST /v1/checkout/sessions/:id/expire', 'bad-gateway')
    const { answer, html } = await form.press({ go: 'bank' })
    expect(answer.status).toBe(503)
    expect(textOf(html)).toContain('does not answer whether it is closed')
    expect(await form.gift()).toMatchObject({ state: 'started' })
    expect((await form.press({ go: 'bank' })).answer.status).toBe(303)
  })

  test('thirty times an hour from one network is told how long to wait', async () => {
    let last = await (await aForm()).press({ go: 'bank' })
    for (let nth = 1; last.answer.status === 303; nth += 1) last = await (await aForm()).press({ go: 'bank' })
    expect(last.answer.status).toBe(429)
    expect(textOf(last.html)).toContain('Wait 15 minutes and press the button again.')
    expect(textOf(last.html)).not.toContain('that needs no waiting')
  })

  test('where the charity has not entered its account, is told so, and whom to ask', async () => {
    const form = await aForm()
    await form.press({ go: 'bank' })
    const { bankDetails } = await db.charity.findFirstOrThrow()
    await db.charity.updateMany({ data: { bankDetails: [] } })
    const without = await read(`/donate/bank?gift=${form.token}`)
    await db.charity.updateMany({ data: { contactEmail: 'office@charity.example' } })
    const withAddress = await read(`/donate/bank?gift=${form.token}`)
    await db.charity.updateMany({ data: { bankDetails, contactEmail: null } })
    expect(textOf(without.html)).toContain('The account is not entered here yet')
    expect(without.html).toContain('href="/contact"')
    expect(withAddress.html).toContain('href="mailto:office@charity.example"')
  })
})

describe('The pages of a gift', () => {
  test('that nobody knows are kind about it', async () => {
    for (const page of ['give', 'thanks', 'bank']) {
      for (const token of ['AAAAAAAAAAAAAAAAAAAAAA', '', 'x'.repeat(5000), '%00']) {
        const { answer, html } = await read(`/donate/${page}?gift=${token}`)
        expect(answer.status).toBe(404)
        expect(textOf(html)).toContain('We do not find this gift')
      }
    }
  })

  test('change nothing when they are read, by whatever method, however often', async () => {
    const form = await aForm()
    await form.press()
    const before = await everyRow()
    for (const page of ['give', 'thanks', 'bank']) {
      for (const method of ['GET', 'HEAD']) {
        await house.fetch(`/donate/${page}?gift=${form.token}`, { method })
      }
    }
    expect(await everyRow()).toEqual(before)
  })

  test('are kept by nobody, found by no search engine, and tell no other site their address', async () => {
    const form = await aForm()
    await form.press({ go: 'bank' })
    for (const page of ['give', 'thanks', 'bank']) {
      const { answer, html } = await read(`/donate/${page}?gift=${form.token}`)
      expect(answer).toHaveHeader('cache-control', 'no-store')
      expect(answer).toHaveHeader('referrer-policy', page === 'give' ? 'same-origin' : 'no-referrer')
      expect(answer).toHaveHeader('x-robots-tag', 'noindex')
      expect(html).toContain('<meta name="robots" content="noindex"/>')
      expect(html).not.toContain('<script')
    }
    const { answer } = await form.press()
    expect(answer).toHaveHeader('referrer-policy', 'same-origin')
  })

  test('stand in the log without their token, and whoever gives does not', async () => {
    const form = await aForm()
    await desk.next(CREATE, 'bad-gateway', 2)
    await form.press()
    await desk.next(CREATE, { error: 'invalid_parameter' })
    await form.press()
    await form.press()
    await read(`/donate/thanks?gift=${form.token}`)
    await expect.poll(() => house.log().some(({ route }) => route === '/donate/thanks')).toBe(true)
    const lines = house.lines.join('\n')
    expect(lines).toContain('Stripe did not answer')
    expect(lines).not.toContain(form.token)
    expect(lines).not.toMatch(/Ani|example\.org|checkout\.stripe|\/c\/pay\//)
    expect(house.log().filter(({ level }) => Number(level) >= 50)).toEqual([])
  })
})
