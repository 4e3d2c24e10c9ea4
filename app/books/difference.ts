import { assertNever } from '#app/shared/invariant.ts'

/** Something about the books that does not hold. All amounts in minor units. */
export type Difference =
  | { found: 'unbalanced'; key: string; currency: string; offBy: bigint }
  | { found: 'unposted'; id: string; since: Date }
  | { found: 'transfer-unposted'; reference: string; since: Date }
  | { found: 'posted-otherwise'; id: string; ours: string; booked: string }
  | { found: 'of-no-movement'; key: string }
  | { found: 'of-no-gift'; key: string }
  | { found: 'fund-below-zero'; fundId: string; currency: string; balance: bigint }
  | { found: 'missing-here'; id: string; theirs: string; createdAt: Date }
  | { found: 'missing-there'; id: string; ours: string }
  | { found: 'other-figures'; id: string; ours: string; theirs: string }
  | { found: 'other-balance'; currency: string; ours: bigint; theirs: bigint }

/** A movement's figures, or those of a line of Stripe's list. */
export type Figures = {
  id: string
  grossMinor: number
  feeMinor: number
  netMinor: number
  currency: string
}

export type StripeFigures = Figures & { createdAt: Date }

/**
 * What our movements and our account at Stripe say, against Stripe's own list: the expected side comes from the list
 * alone. `booked` is what stands on the account `stripe:balance`, by currency.
 */
export function compareWithStripe(
  ours: readonly Figures[],
  booked: ReadonlyMap<string, bigint>,
  theirs: readonly StripeFigures[],
): Difference[] {
  const differences: Difference[] = []
  const known = new Map(ours.map((figures) => [figures.id, figures]))
  const expected = new Map<string, bigint>()
  for (const line of theirs) {
    expected.set(line.currency, (expected.get(line.currency) ?? 0n) + BigInt(line.netMinor))
    const mine = known.get(line.id)
    known.delete(line.id)
    const { id, createdAt } = line
    if (mine) {
      const [here, there] = [sayFigures(mine), sayFigures(line)]
      if (here !== there) differences.push({ found: 'other-figures', id, ours: here, theirs: there })
    } else if (line.grossMinor !== 0 || line.feeMinor !== 0) {
      differences.push({ found: 'missing-here', id, theirs: sayFigures(line), createdAt })
    }
  }
  for (const mine of known.values()) {
    differences.push({ found: 'missing-there', id: mine.id, ours: sayFigures(mine) })
  }
  for (const currency of [...new Set([...booked.keys(), ...expected.keys()])].sort()) {
    const [here, there] = [booked.get(currency) ?? 0n, expected.get(currency) ?? 0n]
    if (here !== there) differences.push({ found: 'other-balance', currency, ours: here, theirs: there })
  }
  return differences
}

function sayFigures({ grossMinor, feeMinor, netMinor, currency }: Figures): string {
  return `${grossMinor} less ${feeMinor} is ${netMinor} ${currency}`
}

/** A line of the table: which, what, and what to do. */
export function sayDifference(difference: Difference): [which: string, what: string, todo: string] {
  switch (difference.found) {
    case 'unbalanced':
      return [
        difference.key,
        `is off by ${difference.offBy} ${difference.currency}`,
        'The database was changed past its own guards: find out by whom, and restore a backup beside it to compare.',
      ]
    case 'unposted':
      return [
        difference.id,
        `is not in the books, since ${difference.since.toISOString()}`,
        'See in the worker’s log why books.post fails for it, and that a worker is running.',
      ]
    case 'transfer-unposted':
      return [
        difference.reference,
        `came by bank transfer and is not in the books, since ${difference.since.toISOString()}`,
        'See in the worker’s log why books.post-bank-transfer fails for it, and that a worker is running.',
      ]
    case 'posted-otherwise':
      return [
        difference.id,
        `is kept as ${difference.ours}, and booked as ${difference.booked}`,
        'The database was changed past its own guards: find out by whom, then correct it by a new transaction.',
      ]
    case 'of-no-movement':
      return [
        difference.key,
        'touches the balance at Stripe, and is no movement there',
        'What a person books never touches stripe:balance: correct it by a new transaction.',
      ]
    case 'of-no-gift':
      return [
        difference.key,
        'is booked as a bank transfer, and no gift was received so',
        'Look on the bank statement whether it came, and correct the books by a new transaction if not.',
      ]
    case 'fund-below-zero':
      return [
        difference.fundId,
        `has ${difference.balance} ${difference.currency}`,
        'More left the fund than came in: look through its transactions, and correct the one that is wrong.',
      ]
    case 'missing-here':
      return [
        difference.id,
        `is missing here: ${difference.theirs}, at ${difference.createdAt.toISOString()}`,
        'The hourly look at Stripe’s events brings it in: verify again in an hour. If it stays, open it at Stripe.',
      ]
    case 'missing-there':
      return [
        difference.id,
        `is unknown to Stripe: ${difference.ours}`,
        'See that the key is that of the account the gifts went to.',
      ]
    case 'other-figures':
      return [
        difference.id,
        `is here ${difference.ours}, at Stripe ${difference.theirs}`,
        'Stripe is right: correct the books by a new transaction, and report this as a fault.',
      ]
    case 'other-balance':
      return [
        `stripe:balance ${difference.currency}`,
        `is here ${difference.ours}, by Stripe’s list ${difference.theirs}`,
        'The lines above say why. Without any, something other than a movement was booked there.',
      ]
    default:
      return assertNever(difference)
  }
}
