import { randomUUID } from 'node:crypto'
import type Stripe from 'stripe'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { textOf } from './crawl.ts'
import { sendForm } from './forms.ts'
import { addGift } from './gifts.ts'
import type { House } from './house.ts'

type Story = NonNullable<Parameters<typeof addGift>[0]> & {
  /** What is asked for at Stripe, where that is not the gift. */
  asked?: { amountMinor?: number; currency?: string }
  /** The answer to the request for the page never came. */
  isAnswerLost?: boolean
}

/** A gift whose donor stands before its payment page. */
export type Given = { giftId: string; attemptId: string; pageId: string }

/** A gift whose form was sent, and the page that was made for it: as the site does it, without the site. */
export async function openPage(stripe: Stripe, story: Story = {}): Promise<Given> {
  const { asked = {}, isAnswerLost = false, ...gift } = story
  return openPageOf(stripe, await addGift(gift), asked, isAnswerLost)
}

/** Another page of a gift: the last one must be closed. */
export async function openPageOf(
  stripe: Stripe,
  giftId: string,
  asked: Story['asked'] = {},
  isAnswerLost = false,
): Promise<Given> {
  const gift = await db.gift.findUniqueOrThrow({ where: { id: giftId } })
  const { amountMinor = Number(gift.amountMinor), currency = gift.currency } = asked
  const attemptId = randomUUID()
  const now = clock.now()
  const expiresAt = new Date(now.getTime() + 3_600_000)
  await db.checkoutAttempt.create({
    data: { id: attemptId, giftId, state: 'asked', params: {}, expiresAt, createdAt: now },
    select: { id: true },
  })
  const metadata = { gift: giftId, attempt: attemptId, reference: gift.reference }
  const { id: pageId, url } = await stripe.checkout.sessions.create({
    mode: 'payment',
    ui_mode: 'hosted_page',
    submit_type: 'donate',
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: currency.toLowerCase(),
          unit_amount: amountMinor,
          product_data: { name: 'A gift' },
        },
      },
    ],
    success_url: 'http://localhost/donate/thanks',
    metadata,
    payment_intent_data: { metadata },
  })
  if (!isAnswerLost) {
    await db.checkoutAttempt.update({
      where: { id: attemptId },
      data: { state: 'open', sessionId: pageId, url },
      select: { id: true },
    })
  }
  return { giftId, attemptId, pageId }
}

/**
 * Gives on the site, by its own form, as a browser without script does. Returns the payment page that the donor is sent to;
 * throws when they are sent nowhere, with what they read.
 */
export async function giveBy(
  house: House,
  who: { name: string; email: string },
  choice: { currency?: string; amount?: string; to?: string } = {},
): Promise<string> {
  const asked = new URLSearchParams({ currency: 'GBP', amount: '25', own: '', to: 'most_needed', ...choice })
  const answer = await sendForm(house, `/donate/give?${asked.toString()}`, { ...who, go: 'give' })
  const pageId = /\/c\/pay\/(\w+)$/.exec(answer.headers.get('location') ?? '')?.[1]
  if (!pageId) throw new Error(`${answer.status}: ${textOf(await answer.text())}`)
  return pageId
}

/** The charge by which a page was paid, or last tried. */
export async function chargeOf(stripe: Stripe, pageId: string): Promise<string> {
  const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(pageId)
  const { data } = await stripe.charges.list({ payment_intent: intent as string })
  if (!data[0]) throw new Error(`nothing was tried on ${pageId}`)
  return data[0].id
}
