import { setTimeout as pause } from 'node:timers/promises'
import { giftCurrencies, type GiftCurrency, type GiftState } from '#app/donations/gift.ts'
import { chance } from '../../sandbox/parts/chance.ts'
import type { AtTheDesk } from '../../support/payment-desk.ts'

/** What can become of a gift at Stripe, once its donor stands on the payment page. */
export const plots = [
  'paid',
  'paid at last',
  'tried too often',
  'debit that comes',
  'debit that fails',
  'left',
  'refunded',
  'refunded in parts',
  'refunded, and it came back',
  'disputed, lost',
  'disputed in part, lost',
  'disputed, won',
] as const

export type Plot = (typeof plots)[number]

/** A gift, and what is to become of it; all of it hangs on the seed. */
export type Story = {
  nth: number
  plot: Plot
  amountMinor: number
  currency: GiftCurrency
  /** True when it is for a partner's work. */
  forPartner: boolean
  email: string
}

/** So many stories, each plot as often as the others. */
export function storiesOf(seed: number, count: number): Story[] {
  return Array.from({ length: count }, (_, nth) => ({
    nth,
    plot: plots[nth % plots.length] ?? 'paid',
    amountMinor: 200 + Math.floor(chance(seed, 'amount', nth) * 50_000),
    currency: giftCurrencies[Math.floor(chance(seed, 'currency', nth) * 3)] ?? 'GBP',
    forPartner: chance(seed, 'purpose', nth) < 0.5,
    email: `donor-${seed}-${nth}@example.org`,
  }))
}

/** How it must end, whatever happens to the news of it. */
export function endOf({ plot }: Story): { state: GiftState; declines: number; received: boolean } {
  switch (plot) {
    case 'left':
      return { state: 'expired', declines: 0, received: false }
    case 'tried too often':
      return { state: 'expired', declines: 5, received: false }
    case 'debit that fails':
      return { state: 'failed', declines: 1, received: false }
    case 'paid at last':
      return { state: 'received', declines: 3, received: true }
    default:
      return { state: 'received', declines: 0, received: true }
  }
}

/** Lets the story happen at Stripe, on the page of that session. Pauses between its scenes hang on the seed. */
export async function play(desk: AtTheDesk, session: string, story: Story, seed: number): Promise<void> {
  const { plot, amountMinor, nth } = story
  const some = (name: string, ms: number) => pause(chance(seed, name, nth) * ms)
  const decline = async (times: number) => {
    for (let left = times; left > 0; left -= 1) {
      await desk.decline(session)
      await some(`decline ${left}`, 300)
    }
  }
  /** Pays by card, and waits until the fee is known: what has no balance transaction cannot go back. */
  const pay = async () => {
    await desk.pay(session, { email: story.email })
    return chargeOf(desk, session)
  }
  const half = Math.floor(amountMinor / 2)

  await some('comes', 1500)
  switch (plot) {
    case 'paid':
      await pay()
      return
    case 'paid at last':
      await decline(3)
      await pay()
      return
    case 'tried too often':
      return decline(5)
    case 'debit that comes':
      return desk.payLate(session, 'comes')
    case 'debit that fails':
      return desk.payLate(session, 'fails')
    case 'left':
      // As when its time is over.
      await desk.stripe.checkout.sessions.expire(session)
      return
    case 'refunded':
      await desk.refund(await pay())
      return
    case 'refunded in parts': {
      const charge = await pay()
      await desk.refund(charge, half)
      await some('refunds', 500)
      await desk.refund(charge, 1 + Math.floor(half / 3))
      return
    }
    case 'refunded, and it came back': {
      const refund = await desk.refund(await pay())
      await some('refund', 500)
      return desk.failRefund(refund.id)
    }
    case 'disputed, lost':
      return desk.closeDispute((await desk.dispute(await pay())).id, 'lost')
    case 'disputed in part, lost':
      return desk.closeDispute((await desk.dispute(await pay(), { amount: half })).id, 'lost')
    case 'disputed, won': {
      const { id } = await desk.dispute(await pay())
      await some('dispute', 500)
      return desk.closeDispute(id, 'won')
    }
  }
}

/** The paid charge of a session, once its balance transaction is there. */
async function chargeOf(desk: AtTheDesk, session: string): Promise<string> {
  for (;;) {
    const read = desk.stripe.checkout.sessions.retrieve(session, { expand: ['payment_intent.latest_charge'] })
    // Stripe fails this reader too.
    const intent = (await read.catch(() => null))?.payment_intent
    const charge = typeof intent === 'object' ? intent?.latest_charge : null
    if (typeof charge === 'object' && charge?.balance_transaction) return charge.id
    await pause(50)
  }
}
