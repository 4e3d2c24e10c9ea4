import type { Movement } from '#app/donations/movement.ts'
import type { ReceivedTransfer } from '#app/donations/transfers.server.ts'
import { fundFor } from '#app/partners/fund.ts'
import { apportion } from '#app/shared/apportion.ts'
import { assertNever } from '#app/shared/invariant.ts'
import type { CurrencyCode, Money } from '#app/shared/money.ts'
import type { Account, FundAccount } from './account.ts'

/** One line of a ledger transaction. Debit positive, credit negative. */
export type Entry = { amountMinor: number; currency: CurrencyCode } & Place

type Place =
  { account: FundAccount; fundId: string } | { account: Exclude<Account, FundAccount>; fundId: null }

/** A part of a gift's money: the fund that has it, or null for what waits in suspense. */
export type Share = { fundId: string | null; amountMinor: number }

/**
 * What the ledger holds already, in the gift's currency, none of it negative: what the gift's funds still have of it,
 * and what the movement that this one undoes took from whom and has not been given again. Of a movement without a gift
 * both are empty.
 */
export type Standing = { left: Share[]; taken: Share[] }

/**
 * The balanced entries of one movement. Every currency sums to zero, whatever the figures; and no fund is ever asked for
 * more than it has of this gift: what is taken beyond that (a gift that was refunded and then disputed) waits in suspense
 * for a person, and nothing is taken from other people's gifts.
 */
export function entriesOf(movement: Movement, standing: Standing): Entry[] {
  const { grossMinor, feeMinor, netMinor, currency } = movement
  const lines: Entry[] = [
    { account: 'stripe:balance', fundId: null, amountMinor: netMinor, currency },
    { account: feeAccount(movement), fundId: null, amountMinor: feeMinor, currency },
    ...otherSide(movement, standing, { amountMinor: -grossMinor, currency }),
  ]
  return lines.filter(({ amountMinor }) => amountMinor !== 0)
}

/** The balanced entries of a gift that came by bank transfer: it was never at Stripe, and cost nothing. */
export function entriesOfTransfer({ amount, funds }: Pick<ReceivedTransfer, 'amount' | 'funds'>): Entry[] {
  const { currency } = amount
  return [
    { account: 'bank', fundId: null, ...amount },
    ...funds.map(({ partnerId, amountMinor }): Entry => {
      return { account: 'income', fundId: fundFor(partnerId), amountMinor: -amountMinor, currency }
    }),
  ]
}

/** What takes money that a movement left in suspense to a fund, or back from it: `inSuspense` as it stands there. */
export function entriesFromSuspense(inSuspense: Money, fundId: string): Entry[] {
  const { amountMinor, currency } = inSuspense
  return [
    { account: 'suspense', fundId: null, amountMinor: -amountMinor, currency },
    { account: 'income', fundId, amountMinor, currency },
  ]
}

/** Where a movement's money came from, or went to: what balances the gross amount. */
function otherSide(movement: Movement, { left, taken }: Standing, gross: Line): Entry[] {
  switch (movement.kind) {
    case 'charge':
      return ofGift(movement, gross, () =>
        movement.funds.map(({ partnerId, amountMinor }) => ({ fundId: fundFor(partnerId), amountMinor })),
      )
    case 'refund':
    case 'dispute':
      return ofGift(movement, gross, (amount) => splitOver(left, amount))
    case 'refund_failure':
    case 'dispute_reversal':
      return ofGift(movement, gross, (amount) => splitOver(taken, amount))
    case 'stripe_fee':
      return [{ account: 'fees:stripe', fundId: null, ...gross }]
    case 'payout':
    case 'payout_failure':
      return [{ account: 'stripe:in_transit', fundId: null, ...gross }]
    case 'adjustment':
    case 'unknown':
      return [{ account: 'suspense', fundId: null, ...gross }]
    default:
      return assertNever(movement.kind)
  }
}

type Line = { amountMinor: number; currency: CurrencyCode }

/** The gift's side, in its own currency; through the exchange account when the balance keeps another. */
function ofGift({ given }: Movement, gross: Line, sharesOf: (amount: number) => Share[]): Entry[] {
  // Nobody knows whose it was.
  if (given === null) return [{ account: 'suspense', fundId: null, ...gross }]
  const sign = given.amountMinor < 0 ? 1 : -1
  const { currency } = given
  const shares = sharesOf(Math.abs(given.amountMinor)).map(({ fundId, amountMinor }): Entry => {
    const line = { amountMinor: sign * amountMinor, currency }
    return fundId === null ? { account: 'suspense', fundId, ...line } : { account: 'income', fundId, ...line }
  })
  if (currency === gross.currency) return shares
  return [
    { account: 'exchange', fundId: null, ...gross },
    { account: 'exchange', fundId: null, amountMinor: given.amountMinor, currency },
    ...shares,
  ]
}

/** Takes an amount from those who have it, by largest remainder; what nobody has is suspense's. */
function splitOver(holders: readonly Share[], amount: number): Share[] {
  const has = holders.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const covered = Math.min(amount, has)
  // Suspense has no id; an empty one sorts before every fund's.
  const parts = apportion(
    covered,
    holders.map(({ fundId, amountMinor }) => ({ id: fundId ?? '', weight: amountMinor })),
  )
  const inSuspense = (parts.get('') ?? 0) + amount - covered
  parts.delete('')
  return [
    ...[...parts].map(([fundId, amountMinor]) => ({ fundId, amountMinor })),
    { fundId: null, amountMinor: inSuspense },
  ]
}

/** A fee is the whole charity's cost and never a fund's: a partner gets what was given for it. */
function feeAccount({ kind }: Movement): 'fees:stripe' | 'fees:dispute' {
  return kind === 'dispute' || kind === 'dispute_reversal' ? 'fees:dispute' : 'fees:stripe'
}
