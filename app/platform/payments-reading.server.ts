import Stripe from 'stripe'
import { lineOf, stripe, type BalanceLine } from './payments.server.ts'

/** A payment page with everything that came of it, as Stripe has it now. Nothing of Stripe's own types leaves this file. */
export type PageRead = {
  /** cs_… */
  id: string
  state: 'open' | 'complete' | 'expired'
  /** Where it is paid on; null once it cannot be. */
  url: string | null
  amountMinor: number
  /** In capital letters, as every currency here. */
  currency: string
  createdAt: Date
  /** Null until a payment was tried. */
  payment: PaymentRead | null
}

export type PaymentRead = {
  /** pi_… */
  id: string
  /** Every try: those that were declined too. */
  charges: ChargeRead[]
}

export type ChargeRead = {
  /** ch_… or py_… */
  id: string
  state: 'pending' | 'succeeded' | 'failed'
  amountMinor: number
  currency: string
  /** When the money came; null unless it did, and while Stripe does not say. */
  paidAt: Date | null
  /** Null until its fee is known. */
  line: BalanceLine | null
  /** What took it back when a payment failed after it had come; null for all others. */
  failureLine: BalanceLine | null
  refunds: RefundRead[]
  disputes: DisputeRead[]
}

export type RefundRead = {
  /** re_… or pyr_… */
  id: string
  /** pending: it has left us and not arrived. failed: it did not arrive, or was called back. */
  state: 'pending' | 'succeeded' | 'failed'
  amountMinor: number
  line: BalanceLine | null
  /** What brought it back; null unless it failed. */
  failureLine: BalanceLine | null
}

export type DisputeRead = {
  /** du_… */
  id: string
  amountMinor: number
  /** What it took and gave again; empty while the bank only asks. */
  lines: BalanceLine[]
}

/** Reads a payment page whole; null when Stripe has no such page. */
export async function readPage(pageId: string): Promise<PageRead | null> {
  const session = await orGone(stripe().checkout.sessions.retrieve(pageId, { expand: ['payment_intent'] }))
  if (!session) return null
  const { payment_intent: intent } = session
  return {
    id: session.id,
    state: oneOf(session.status, ['open', 'expired', 'complete']),
    url: session.url,
    amountMinor: session.amount_total ?? 0,
    currency: (session.currency ?? '').toUpperCase(),
    createdAt: new Date(session.created * 1000),
    payment: intent && typeof intent !== 'string' ? await readPayment(intent) : null,
  }
}

async function readPayment(intent: Stripe.PaymentIntent): Promise<PaymentRead> {
  const of = { payment_intent: intent.id, limit: 100 }
  const expand = ['data.balance_transaction']
  const charges = await all(
    stripe().charges.list({ ...of, expand: [...expand, 'data.failure_balance_transaction'] }),
  )
  const refunds = await all(stripe().refunds.list({ ...of, expand }))
  const disputes = await all(stripe().disputes.list(of))
  const read: ChargeRead[] = []
  for (const charge of charges) {
    const isOfIt = ({ charge: of }: { charge: string | { id: string } | null }) => idOf(of) === charge.id
    const line = await lineAt(charge.balance_transaction)
    read.push({
      id: charge.id,
      state: oneOf(charge.status, ['succeeded', 'failed', 'pending']),
      amountMinor: charge.amount,
      currency: charge.currency.toUpperCase(),
      paidAt: paidAt(charge, line),
      line,
      failureLine: await lineAt(charge.failure_balance_transaction),
      refunds: await Promise.all(refunds.filter(isOfIt).map(readRefund)),
      disputes: disputes.filter(isOfIt).map((dispute) => ({
        id: dispute.id,
        amountMinor: dispute.amount,
        lines: dispute.balance_transactions.map(lineOf),
      })),
    })
  }
  return { id: intent.id, charges: read }
}

/**
 * A card pays at once, and a debit on the day on which the bank was to carry it out: the balance transaction of a debit is
 * from the day on which the bank was asked to
 * (support.stripe.com/questions/changes-to-balance-transaction-behavior-for-debit-payment-methods).
 */
function paidAt(charge: Stripe.Charge, line: BalanceLine | null): Date | null {
  if (charge.status !== 'succeeded') return null
  const method = charge.payment_method_details
  if (method?.type === 'card') return new Date(charge.created * 1000)
  const debit = method?.bacs_debit ?? method?.sepa_debit ?? method?.us_bank_account
  if (debit) return debit.expected_debit_date ? new Date(`${debit.expected_debit_date}T12:00:00Z`) : null
  return line?.createdAt ?? null
}

async function readRefund(refund: Stripe.Refund): Promise<RefundRead> {
  const { status } = refund
  return {
    id: refund.id,
    state: status === 'canceled' ? 'failed' : oneOf(status, ['succeeded', 'failed', 'pending']),
    amountMinor: refund.amount,
    line: await lineAt(refund.balance_transaction),
    failureLine: await lineAt(refund.failure_balance_transaction),
  }
}

/** Most come with what they belong to; a few are only named there. */
async function lineAt(
  named: string | Stripe.BalanceTransaction | null | undefined,
): Promise<BalanceLine | null> {
  if (!named) return null
  return lineOf(typeof named === 'string' ? await stripe().balanceTransactions.retrieve(named) : named)
}

/** Where an object leads: to a payment page, with what we wrote on it, or to none. */
export type Located =
  | {
      outcome: 'page'
      pageId: string
      paymentId: string | null
      /** Ours, from its metadata; null when we did not make it. */
      giftId: string | null
      attemptId: string | null
      createdAt: Date
      expiresAt: Date
    }
  /** A payment, and no page of ours that it was made on. */
  | { outcome: 'no-page' }
  /** Nothing that a payer pays, such as a payout. */
  | { outcome: 'no-payment' }
  /** Stripe has no such object. */
  | { outcome: 'gone' }

/** Finds the payment page that an object of Stripe's is about, by the kind that its id tells. */
export async function locate(objectId: string): Promise<Located> {
  const [kind = ''] = objectId.split('_')
  if (kind === 'cs') {
    const page = await orGone(stripe().checkout.sessions.retrieve(objectId))
    return page ? locatedOn(page) : { outcome: 'gone' }
  }
  const find = paymentOf[kind]
  if (!find) return { outcome: 'no-payment' }
  const paymentId = await orGone(find(objectId))
  if (paymentId === null) return { outcome: 'gone' }
  if (paymentId === '') return { outcome: 'no-page' }
  const { data } = await stripe().checkout.sessions.list({ payment_intent: paymentId, limit: 1 })
  return data[0] ? locatedOn(data[0]) : { outcome: 'no-page' }
}

/** By the first letters of their ids: those of card payments and of others differ. Empty when there is no payment. */
const paymentOf: Record<string, ((id: string) => Promise<string>) | undefined> = {
  pi: async (id) => (await stripe().paymentIntents.retrieve(id)).id,
  ch: charged,
  py: charged,
  re: returned,
  pyr: returned,
  du: disputed,
  dp: disputed,
}

async function charged(id: string): Promise<string> {
  return idOf((await stripe().charges.retrieve(id)).payment_intent) ?? ''
}

async function returned(id: string): Promise<string> {
  return idOf((await stripe().refunds.retrieve(id)).payment_intent) ?? ''
}

async function disputed(id: string): Promise<string> {
  return idOf((await stripe().disputes.retrieve(id)).payment_intent) ?? ''
}

function locatedOn(page: Stripe.Checkout.Session): Located {
  return {
    outcome: 'page',
    pageId: page.id,
    paymentId: idOf(page.payment_intent),
    giftId: page.metadata?.['gift'] ?? null,
    attemptId: page.metadata?.['attempt'] ?? null,
    createdAt: new Date(page.created * 1000),
    expiresAt: new Date(page.expires_at * 1000),
  }
}

/** An answer, or null when Stripe says that there is no such object. Whatever else goes wrong is thrown. */
async function orGone<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked
  } catch (error) {
    const isGone =
      error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing'
    if (isGone) return null
    throw error
  }
}

async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return items
}

/** The SDK's lists of words are open; the last of ours stands for whatever Stripe may add. */
function oneOf<Word extends string>(word: string | null, known: [Word, ...Word[]]): Word {
  return known.find((each) => each === word) ?? (known.at(-1) as Word)
}

function idOf(named: string | { id: string } | null): string | null {
  return typeof named === 'string' ? named : (named?.id ?? null)
}
