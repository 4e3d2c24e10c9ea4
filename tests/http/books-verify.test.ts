import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postMovement } from '#app/books/books.server.ts'
import type { Movement } from '#app/donations/movement.ts'
import { recordMovement } from '#app/donations/movements.server.ts'
import { inTransaction } from '#app/platform/db.server.ts'
import { runCommand } from '#tests/support/command.ts'
import { addGifts } from '#tests/support/gifts.ts'
import { charge, ofNoGift } from '#tests/support/movements.ts'
import type Stripe from 'stripe'

/** Plays one page of Stripe: the list of balance transactions, newest first, as its API pages it. */
let listed: Stripe.BalanceTransaction[] = []
let isDown = false
const stripe: Server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stripe')
  const after = listed.findIndex(({ id }) => id === searchParams.get('starting_after')) + 1
  const limit = Number(searchParams.get('limit'))
  const isKnown = pathname === '/v1/balance_transactions' && !(isDown && after > 0)
  response.writeHead(isKnown ? 200 : 500, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify(
      isKnown
        ? {
            object: 'list',
            url: pathname,
            data: listed.slice(after, after + limit),
            has_more: after + limit < listed.length,
          }
        : { error: { type: 'api_error', message: 'Stripe has a bad day' } },
    ),
  )
})

beforeAll(() => new Promise<void>((resolve) => void stripe.listen(0, '127.0.0.1', () => resolve())))
afterAll(() => new Promise<void>((resolve) => void stripe.close(() => resolve())))

const asListed = ({ id, grossMinor, feeMinor, netMinor, currency, occurredAt }: Movement) =>
  ({
    id,
    object: 'balance_transaction',
    amount: grossMinor,
    fee: feeMinor,
    net: netMinor,
    currency: currency.toLowerCase(),
    created: Math.floor(occurredAt.getTime() / 1000),
    available_on: Math.floor(occurredAt.getTime() / 1000),
    balance_type: 'payments',
    description: null,
    exchange_rate: null,
    fee_details: [],
    reporting_category: 'charge',
    source: null,
    status: 'available',
    type: 'charge',
  }) satisfies Stripe.BalanceTransaction

const verify = () =>
  runCommand(process.env['DATABASE_URL'] ?? '', ['books', 'verify'], {
    STRIPE_SECRET_KEY: 'sk_test_verify',
    STRIPE_WEBHOOK_SECRET: 'whsec_verify',
    STRIPE_API_BASE: `http://127.0.0.1:${(stripe.address() as AddressInfo).port}`,
    RESEND_API_KEY: 're_verify',
    RESEND_WEBHOOK_SECRET: 'whsec_verify',
    MAIL_FROM: 'gifts@charity.example',
    LETTERS_DOMAIN: 'letters.charity.example',
    APP_URL: 'https://charity.example',
  })

describe('npm run books -- verify', () => {
  test('a treasurer reads that 250 movements, three pages of Stripe’s list, are all in the books', async () => {
    const movements = [
      ...Array.from({ length: 249 }, () => ofNoGift('stripe_fee', -7)),
      charge(randomUUID(), [{ partnerId: null, amountMinor: 2500 }], { feeMinor: 58, netMinor: 2442 }),
    ]
    listed = movements.map(asListed).toReversed()
    await addGifts(movements.map(({ giftId }) => giftId))
    for (const movement of movements) await inTransaction((tx) => recordMovement(tx, movement))
    for (const { id } of movements) await postMovement(id)
    const { code, said, complained } = await verify()
    expect(complained).toBe('')
    expect(said).toContain('The books hold. Stripe lists 250 balance transactions')
    expect(code).toBe(0)
  })

  test('and, when one gift is missing and a fee is another, which they are and what to do', async () => {
    const lost = charge(randomUUID(), [{ partnerId: null, amountMinor: 999 }])
    const [last, ...others] = listed
    if (!last) throw new Error('nothing is listed')
    listed = [asListed(lost), { ...last, fee: 59, net: 2441 }, ...others]
    const { code, complained } = await verify()
    expect(code).toBe(1)
    expect(complained).toMatch(/3 things do not hold/)
    expect(complained).toMatch(new RegExp(`${lost.id} +is missing here: 999 less 0 is 999 GBP.*verify again`))
    expect(complained).toMatch(
      new RegExp(`${last.id} +is here 2500 less 58 is 2442 GBP, at Stripe 2500 less 59`),
    )
    expect(complained).toMatch(/stripe:balance GBP +is here 699, by Stripe’s list 1697/)
  })

  test('and, where a sandbox’s site is not running, to start it first', async () => {
    const stopped = await runCommand(process.env['DATABASE_URL'] ?? '', ['books', 'verify'], {
      SANDBOX_PAYMENTS_URL: 'http://127.0.0.1:9',
      SANDBOX_PAYMENTS_SECRET: 'whsec_sandbox',
    })
    expect(stopped.code).toBe(1)
    expect(stopped.complained).toContain('Start it first (npm start)')
    expect(stopped.complained).not.toContain('connection')
  })

  test('and nothing of half a list, when Stripe fails on its second page', async () => {
    isDown = true
    const { code, complained } = await verify()
    expect(code).toBe(1)
    expect(complained).toContain('could not be read to its end, so nothing was compared')
    expect(complained).not.toContain('missing')
  })
})
