import { clock } from '#app/platform/clock.server.ts'
import type { Reader } from '#app/platform/db.server.ts'
import { tokenHash } from '#app/platform/tokens.server.ts'
import { isGiftCurrency, MOST_DECLINES, type GiftState } from './gift.ts'
import { goneBackOf, type GoneBack } from './gone-back.ts'
import { noDetails, type Choice, type TypedDetails } from './gift-form.ts'
import { invariant } from '#app/shared/invariant.ts'

// What the pages behind a gift's token show. Nothing here changes anything: a page is looked at by more than its donor.

/** What may be shown to whoever has the address: nothing of who gave. */
export type GiftPage = {
  state: GiftState
  reference: string
  amount: Choice['amount']
  /** The partner's name; null for where it is most needed. */
  purposeName: string | null
  /** Its last page was closed, because too many payments on it were declined. */
  isDeclined: boolean
  /** What has gone back of it since it was received. */
  goneBack: GoneBack
}

/** Why somebody is at the form of their gift again. No payment has been heard of in any of these cases. */
export type BackAgain =
  /** They left the payment page, and it is still open. */
  | 'left'
  /** The last payment on the page that they left was declined. */
  | 'declined'
  /** So many were declined on it that it was closed. */
  | 'closed'
  /** The payment page is not open any more. */
  | 'ended'
  /** What was on its way did not come. */
  | 'failed'
  /** They said that they would send it from their bank. */
  | 'promised'

/** A gift that can still be given, with all that its donor typed. */
export type GiftFormAgain = { choice: Choice; typed: TypedDetails; back: BackAgain }

/** The gift of this token; null when nobody has it. */
export async function findGiftPage(reader: Reader, token: string): Promise<GiftPage | null> {
  const gift = await findByToken(reader, token)
  if (!gift) return null
  const { state, reference } = gift
  return {
    state,
    reference,
    amount: amountOf(gift),
    purposeName: gift.parts[0]?.partner?.name ?? null,
    isDeclined: whyAgain(gift) === 'closed',
    goneBack: goneBackOf(Number(gift.amountMinor), gift.movements),
  }
}

/** The form of a gift, filled in as it was sent. What has been forgotten since is empty. */
export async function findGiftForm(
  reader: Reader,
  token: string,
): Promise<({ state: GiftState } & GiftFormAgain) | null> {
  const gift = await findByToken(reader, token)
  if (!gift) return null
  const { name, email, message, updatesWording } = gift
  return {
    state: gift.state,
    choice: { amount: amountOf(gift), to: gift.parts[0]?.partner?.slug ?? null },
    typed:
      name === null || email === null
        ? noDetails
        : { name, email, message: message ?? '', updates: updatesWording !== null },
    back: whyAgain(gift),
  }
}

type Row = NonNullable<Awaited<ReturnType<typeof findByToken>>>

function findByToken(reader: Reader, token: string) {
  return reader.gift.findUnique({
    where: { tokenHash: tokenHash(token) },
    include: {
      parts: { include: { partner: { select: { name: true, slug: true } } }, orderBy: { position: 'asc' } },
      // Only one that made a page counts: the last of them is the page that was left.
      checkouts: {
        where: { sessionId: { not: null } },
        orderBy: { createdAt: 'desc' },
        take: 1,
        select: { state: true, expiresAt: true, declines: true },
      },
      moves: { orderBy: { at: 'desc' }, take: 1, select: { from: true } },
      movements: { select: { kind: true, givenMinor: true } },
    },
  })
}

function amountOf({ amountMinor, currency }: Row): Choice['amount'] {
  invariant(isGiftCurrency(currency), `No gift is made in ${currency}`)
  return { amountMinor: Number(amountMinor), currency }
}

function whyAgain({ state, checkouts: [last], moves: [move] }: Row): BackAgain {
  if (state === 'failed' || state === 'promised') return state
  // A promise came between that page and its end.
  if (!last || (state === 'expired' && move?.from === 'promised')) return 'ended'
  if (last.declines >= MOST_DECLINES) return 'closed'
  if (last.declines > 0) return 'declined'
  return last.state === 'open' && last.expiresAt > clock.now() ? 'left' : 'ended'
}
