import type { ChargeRead, PageRead } from '#app/platform/payments-reading.server.ts'
import { formatMoney, isCurrencyCode } from '#app/shared/money.ts'
import { ofNoGift } from './balance-line.ts'
import { isOf, movementsOf, type Kept, type Whole } from './charge-movements.ts'
import type { GiftMail } from './gift-mails.server.ts'
import { isGiven, MOST_DECLINES, type GiftState } from './gift.ts'
import type { Movement } from './movement.ts'

export type CheckoutState = 'asked' | 'open' | 'refused' | 'closed'

/** A gift as it stands with us, before Stripe is believed. */
export type GiftFacts = Whole & {
  reference: string
  state: GiftState
  /** Nobody knows any more whom it comes from. */
  isForgotten: boolean
  /** It was received by bank transfer: what is paid at Stripe comes on top. */
  isTransferred: boolean
  attempts: { id: string; state: CheckoutState; sessionId: string | null }[]
}

type AttemptSaid = {
  id: string
  state: 'open' | 'closed'
  url: string | null
  paymentId: string | null
  declines: number
}

/** What Stripe's objects mean for a gift. */
export type Verdict = {
  /** Where it should go; null where it may stay. */
  state: GiftState | null
  /** When it was paid; null while Stripe does not say, and unless it was. */
  paidAt: Date | null
  attempts: AttemptSaid[]
  /** Pages to be closed at Stripe, before anything else is believed: cards are tried on them, or the gift is there. */
  toClose: { attemptId: string; pageId: string }[]
  declines: number
  /** The gift's, and nobody's; what is undone before what undoes it. */
  movements: Movement[]
  /** Refunds whose money has left us and not come again, each with its movement. */
  returned: Return[]
  /** What does not fit, in words for a person; empty when all does. */
  problems: string[]
}

/**
 * Says what everything that Stripe has of a gift's payments means. Pure: the same reading is the same verdict, so it does
 * not matter which news led to it. `kept`: what is kept of its balance transactions.
 */
export function judge(gift: GiftFacts, pages: readonly PageRead[], kept: Kept): Verdict {
  const charges = pages.flatMap(({ payment }) => payment?.charges ?? [])
  const moved = charges.map((charge) => movementsOf(gift, charge, kept))
  const movements = moved.flatMap((each) => each.movements)
  const strays = moved.flatMap((each) => each.strays).flatMap((line) => ofNoGift(line) ?? [])
  const booked = new Set(movements.map(({ id }) => id))
  const state = stateOf(gift, pages, charges)
  return {
    state,
    paidAt: charges.find((charge) => isOf(gift, charge) && charge.state === 'succeeded')?.paidAt ?? null,
    attempts: gift.attempts.flatMap(({ id, sessionId }): AttemptSaid[] => {
      const page = pages.find((each) => each.id === sessionId)
      if (!page) return []
      const state = page.state === 'open' ? 'open' : 'closed'
      const { url, payment } = page
      return [{ id, state, url, paymentId: payment?.id ?? null, declines: declinesOf(payment?.charges) }]
    }),
    toClose: gift.attempts.flatMap(({ id, sessionId }) => {
      const page = pages.find((each) => each.id === sessionId)
      if (page?.state !== 'open') return []
      const isTried = declinesOf(page.payment?.charges) >= MOST_DECLINES
      return isTried || state === 'received' ? [{ attemptId: id, pageId: page.id }] : []
    }),
    declines: declinesOf(charges),
    movements: [...movements, ...strays],
    returned: charges
      .flatMap(({ refunds }) => refunds)
      .flatMap(({ id: refundId, state, line, amountMinor }) => {
        if (state === 'failed' || !line || !booked.has(line.id)) return []
        return [{ refundId, amountMinor, movementId: line.id }]
      }),
    problems: problemsOf(gift, pages, charges, kept),
  }
}

function declinesOf(charges: readonly ChargeRead[] = []): number {
  return charges.filter(({ state }) => state === 'failed').length
}

function stateOf(
  gift: GiftFacts,
  pages: readonly PageRead[],
  charges: readonly ChargeRead[],
): GiftState | null {
  const ours = charges.filter((charge) => isOf(gift, charge))
  if (ours.some(({ state }) => state === 'succeeded')) return 'received'
  // Who will transfer it from their bank has left the page behind.
  if (gift.state === 'promised') return null
  if (ours.some(({ state }) => state === 'pending')) return 'processing'
  const isPayable = ({ state, sessionId }: GiftFacts['attempts'][number]) => {
    const page = pages.find(({ id }) => id === sessionId)
    return page ? page.state === 'open' : state === 'asked' || state === 'open'
  }
  if (gift.attempts.some(isPayable)) return null
  const last = pages.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0]
  if (last?.state === 'expired') return 'expired'
  // The page is through, and its payment did not come.
  if (last?.state === 'complete' && last.payment?.charges.some(({ state }) => state === 'failed'))
    return 'failed'
  return null
}

function problemsOf(
  gift: GiftFacts,
  pages: readonly PageRead[],
  charges: readonly ChargeRead[],
  kept: Kept,
): string[] {
  const { reference, amount } = gift
  const paid = charges.filter((charge) => charge.state === 'succeeded' && !isReturned(charge))
  const ours = paid.filter((charge) => isOf(gift, charge))
  return [
    ...pages
      // Who changed their mind about the amount has left a page behind, closed.
      .filter((page) => page.state === 'open' && !isOf(gift, page))
      .map((page) => `${page.id} asks for ${say(page)}, and gift ${reference} is of ${formatMoney(amount)}`),
    ...paid
      .filter((charge) => !isOf(gift, charge))
      .map(({ id, ...of }) => `${id} is of ${say(of)}, and gift ${reference} of ${formatMoney(amount)}`),
    ...ours
      .flatMap(({ line }) => line?.id ?? [])
      .filter((id) => kept.get(id)?.giftId === null)
      .map((id) => `${id} is booked as nobody’s money, and is gift ${reference}`),
    ...(ours.length > 1 ? [`gift ${reference} was paid ${ours.length} times`] : []),
    ...(ours.length > 0 && gift.isTransferred
      ? [`gift ${reference} came by bank transfer, and was paid through Stripe too`]
      : []),
    ...(ours.length > 0 && gift.isForgotten
      ? [`gift ${reference} came when its donor was forgotten: nobody could be sent a receipt`]
      : []),
  ]
}

/** All of it has gone back to whoever paid. */
function isReturned({ refunds, amountMinor }: ChargeRead): boolean {
  const back = refunds.filter(({ state }) => state !== 'failed')
  return back.reduce((sum, refund) => sum + refund.amountMinor, 0) >= amountMinor
}

function say({ amountMinor, currency }: { amountMinor: number; currency: string }): string {
  return isCurrencyCode(currency) ? formatMoney({ amountMinor, currency }) : `${amountMinor} ${currency}`
}

/** Something that went back to the donor, and has its movement. */
export type Return = { refundId: string; amountMinor: number; movementId: string }

/** What a gift's mails hang on. `recorded` are movements that were kept before. */
export type MailsBefore = { state: GiftState; recorded: ReadonlySet<string> }
export type MailsAfter = { state: GiftState; receivedAt: Date | null; returned: readonly Return[] }

/** The mails that a change makes due. Whoever queues them sends each once, whatever is said here twice. */
export function mailsDue(before: MailsBefore, after: MailsAfter): GiftMail[] {
  const became = (state: GiftState) => before.state !== state && after.state === state
  const { receivedAt } = after
  return [
    ...(became('received') && receivedAt ? [{ kind: 'receipt' as const, receivedAt }] : []),
    ...(became('processing') ? [{ kind: 'on-its-way' as const }] : []),
    ...(became('failed') ? [{ kind: 'not-received' as const }] : []),
    ...after.returned
      .filter(({ movementId }) => !before.recorded.has(movementId))
      .map(({ refundId, amountMinor }) => ({ kind: 'returned' as const, refundId, amountMinor })),
  ]
}

/** The donor has now done what they said: what they agreed to beside it counts from here, once. */
export function becameGiven(before: GiftState, after: GiftState): boolean {
  return !isGiven(before) && isGiven(after)
}
