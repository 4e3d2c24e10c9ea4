import type Stripe from 'stripe'
import { ledgerHash } from '#app/books/books.server.ts'
import { differencesFrom } from '#app/books/verify.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { listBalanceTransactions } from '#app/platform/payments.server.ts'
import { fundFor } from '#app/partners/fund.ts'
import type { Findings, Place } from '../run.ts'
import type { World } from './live.ts'
import { endOf } from './stories.ts'

/** How things must stand when all is heard: asked of Stripe, of the mail provider's log, and of ourselves. */
export async function compare(place: Place, world: World, since = 0): Promise<Findings> {
  const wrong = [
    ...(await otherGifts(place, world)),
    ...(await otherFunds(place, world)),
    ...(await otherMails(place, world, since)),
    ...(await otherParked(world)),
  ]
  const listedAt = clock.now()
  const lines = []
  for await (const line of listBalanceTransactions()) lines.push(line)
  const differences = await differencesFrom(lines, listedAt)
  const parked = await db.stripeEvent.count({ where: { state: 'parked' } })
  return {
    table: [
      ['balance transactions at Stripe, each in the books once', lines.length],
      ['differences between the books and Stripe’s list', differences.length],
      ['parked, all of them about a payment that is none of ours', parked],
      ['receipts, counted at the mail provider’s log', await receipts(place, since)],
    ],
    wrong: [...wrong, ...differences.map((each) => `the books: ${said(each)}`)],
  }
}

/** One word for how all gifts and the books stand: the same in whatever order it was heard. */
export async function standing(): Promise<string> {
  const [gifts] = await db.$queryRaw<{ all: string }[]>`
    select string_agg(concat_ws(' ', g.id, g.state, g.declines, extract(epoch from g.received_at),
      (select string_agg(concat_ws(' ', a.id, a.state, a.session_id, a.payment_id), ', ' order by a.id)
       from checkout_attempt a where a.gift_id = g.id)), E'\n' order by g.id) as all
    from gift g`
  return `${await ledgerHash(db)} ${gifts?.all}`
}

/** Each gift's state and declines, and its pages, against the story and against Stripe's own objects. */
async function otherGifts({ desk }: Place, { stories, giftOf }: World): Promise<string[]> {
  const wrong: string[] = []
  for (const story of stories) {
    const gift = await db.gift.findUniqueOrThrow({
      where: { id: giftOf.get(story) ?? '' },
      include: { checkouts: true },
    })
    const { state, declines, received } = endOf(story)
    const is = `gift ${story.nth} (${story.plot})`
    if (gift.state !== state) wrong.push(`${is} is ${gift.state}, not ${state}`)
    if (gift.declines !== declines) wrong.push(`${is} counts ${gift.declines} declines, not ${declines}`)
    if ((gift.receivedAt !== null) !== received)
      wrong.push(`${is} has a date on which it was received, or none, wrongly`)
    for (const { id, sessionId, state: page } of gift.checkouts) {
      if (sessionId === null) continue
      const { status } = await desk.stripe.checkout.sessions.retrieve(sessionId)
      if ((status === 'open') !== (page === 'open'))
        wrong.push(`attempt ${id} of ${is} is ${page}, and its page ${status}`)
    }
  }
  return wrong
}

/** What each fund must hold, by Stripe's own objects: what was paid, less what went back and did not come again. */
async function otherFunds({ desk }: Place, { stories, giftOf }: World): Promise<string[]> {
  const expected = new Map<string, number>()
  for (const story of stories) {
    const giftId = giftOf.get(story) ?? ''
    const { parts, checkouts } = await db.gift.findUniqueOrThrow({
      where: { id: giftId },
      include: { parts: true, checkouts: true },
    })
    for (const { paymentId } of checkouts) {
      if (paymentId === null) continue
      const fund = `${fundFor(parts[0]?.partnerId ?? null)} ${story.currency}`
      expected.set(fund, (expected.get(fund) ?? 0) + (await leftOf(desk.stripe, paymentId)))
    }
  }
  const rows = await db.$queryRaw<{ fund: string; balance: number }[]>`
    select concat_ws(' ', fund_id, currency) as fund, (-sum(amount_minor))::int as balance
    from ledger_entry where account = 'income' group by 1`
  const booked = new Map(rows.map(({ fund, balance }) => [fund, balance]))
  return [...new Set([...expected.keys(), ...booked.keys()])]
    .filter((fund) => (expected.get(fund) ?? 0) !== (booked.get(fund) ?? 0))
    .map((fund) => `fund ${fund} holds ${booked.get(fund) ?? 0}, not ${expected.get(fund) ?? 0}`)
}

async function leftOf(stripe: Stripe, paymentId: string): Promise<number> {
  const of = { payment_intent: paymentId, limit: 100 }
  const charges = await stripe.charges.list(of)
  const refunds = await stripe.refunds.list(of)
  const disputes = await stripe.disputes.list(of)
  const sum = (amounts: number[]) => amounts.reduce((all, one) => all + one, 0)
  return (
    sum(charges.data.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount)) -
    sum(refunds.data.filter(({ status }) => status !== 'failed').map(({ amount }) => amount)) -
    sum(disputes.data.filter(({ status }) => status === 'lost').map(({ amount }) => amount))
  )
}

/** Who got which mail how often, by the mail provider's log: a receipt for each gift that was received, nothing twice. */
async function otherMails(place: Place, { stories }: World, since: number): Promise<string[]> {
  const counts = await mails(place, since)
  return stories.flatMap((story) => {
    const count = (kind: string) => counts.get(`${story.email} donations_${kind}`) ?? 0
    const is = `the donor of gift ${story.nth} (${story.plot})`
    const wanted = endOf(story).received ? 1 : 0
    const returns = story.plot === 'refunded in parts' ? 2 : story.plot.startsWith('refunded') ? 1 : 0
    return [
      ...(count('receipt') === wanted ? [] : [`${is} got ${count('receipt')} receipts, not ${wanted}`]),
      ...(count('on-its-way') <= 1
        ? []
        : [`${is} was told ${count('on-its-way')} times that it is on its way`]),
      ...(count('not-received') === (story.plot === 'debit that fails' ? 1 : 0)
        ? []
        : [`${is} was told ${count('not-received')} times that it did not arrive`]),
      ...(count('returned') <= returns
        ? []
        : [`${is} was told ${count('returned')} times of ${returns} returns`]),
    ]
  })
}

async function receipts(place: Place, since: number): Promise<number> {
  const counts = await mails(place, since)
  return [...counts].reduce((sum, [what, times]) => sum + (what.endsWith('donations_receipt') ? times : 0), 0)
}

/** "address kind" to how often it was taken, after so many lines of the log. */
async function mails({ post }: Place, since: number): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { accepted } of (await post.log()).slice(since)) {
    for (const { to, tags } of accepted) {
      const what = `${to.join()} ${tags['kind']}`
      counts.set(what, (counts.get(what) ?? 0) + 1)
    }
  }
  return counts
}

/** Nothing is parked but what was planned: news of a payment that is none of ours. */
async function otherParked({ foreign }: World): Promise<string[]> {
  const parked = await db.stripeEvent.findMany({ where: { state: 'parked' } })
  const unplanned = parked.filter(({ objectId }) => !foreign.includes(objectId))
  return [
    ...unplanned.map(({ type, reason }) => `${type} is parked: ${reason}`),
    ...(parked.length > 0 ? [] : ['the payment that is none of ours was not noticed']),
  ]
}

function said(difference: object): string {
  return JSON.stringify(difference, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
}
