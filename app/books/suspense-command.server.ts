import { purposeOf, sayPurpose, type Purpose } from '#app/partners/fund.ts'
import { findPartner, listPartners, requirePartnerId } from '#app/partners/partners.server.ts'
import { readCommand } from '#app/platform/command-line.server.ts'
import { db } from '#app/platform/db.server.ts'
import { CommandRefused } from '#app/platform/db-command.server.ts'
import { dayInBritain } from '#app/shared/dates.ts'
import { assertNever } from '#app/shared/invariant.ts'
import { formatMoney, type Money } from '#app/shared/money.ts'
import { bookFromSuspense, listSuspense, type FromSuspense } from './suspense.server.ts'

const MOST_NEEDED = 'most-needed'

const howToBook = `Say which movement, whose fund, and why, in words without anybody’s name:
  npm run books -- from-suspense txn_… --to ${MOST_NEEDED} --reason "what you found"
Instead of ${MOST_NEEDED}, a partner as it is named in the address of its page.`

/** What stands in suspense: money that nobody knows of. */
export async function suspense(): Promise<string[]> {
  const standing = await listSuspense(db)
  if (standing.length === 0) return ['Nothing waits in suspense.']
  return [
    ...standing.map(({ movementId, kind, occurredAt, left }) =>
      [movementId, dayInBritain(occurredAt), kind.padEnd(16), sayInSuspense(left)].join('  '),
    ),
    '',
    'Open each at Stripe by its id, and see what it is. What is not given back there is booked to its fund:',
    'npm run books -- from-suspense txn_… --to PARTNER_SLUG|most-needed --reason "what you found"',
  ]
}

/** A person knows what a movement in suspense was for. */
export async function fromSuspense(args: string[]): Promise<string[]> {
  const { words, flags } = readCommand(args, ['to', 'reason'], howToBook)
  const { to, reason } = flags
  const [movementId, ...more] = words
  if (!movementId || more.length > 0 || !to || !reason) throw new CommandRefused(howToBook)
  if (reason.includes('@')) throw new CommandRefused('Leave addresses out of the reason: it is kept.')
  const purpose = await purposeFor(to)
  const result = await bookFromSuspense(movementId, purpose, reason)
  if (result.outcome !== 'booked') throw new CommandRefused(await whyNot(movementId, to, result))
  const { left } = result
  const way = left.amountMinor < 0 ? 'to the fund' : 'as money that left the fund'
  return [`${sayAmount(left)} of ${movementId} is booked ${way} for ${sayPurpose(await nameOf(purpose))}.`]
}

async function purposeFor(to: string): Promise<Purpose> {
  if (to === MOST_NEEDED) return null
  if (await findPartner(db, to)) return requirePartnerId(db, to)
  const slugs = (await listPartners(db)).map(({ slug }) => slug)
  throw new CommandRefused(`There is no partner ${to}. Say one of: ${[MOST_NEEDED, ...slugs].join(', ')}.`)
}

async function nameOf(purpose: Purpose): Promise<string | null> {
  if (purpose === null) return null
  return (await db.partner.findUniqueOrThrow({ where: { id: purpose }, select: { name: true } })).name
}

async function whyNot(
  movementId: string,
  to: string,
  result: Exclude<FromSuspense, { outcome: 'booked' }>,
): Promise<string> {
  switch (result.outcome) {
    case 'not-there':
      return `Nothing of ${movementId} stands in suspense. What does: npm run books -- suspense`
    case 'known': {
      const whose = sayPurpose(await nameOf(purposeOf(result.fundId)))
      return `${movementId} was booked from suspense already, for ${whose}. Nothing was written.`
    }
    case 'fund-too-small':
      return (
        `${sayAmount(result.left)} of ${movementId} left us, and the fund of ${to} has ${sayAmount(result.has)}: it ` +
        'would go below zero. Book it to a fund that has so much, or leave it in suspense.'
      )
    default:
      return assertNever(result)
  }
}

function sayInSuspense(left: Money): string {
  return `${sayAmount(left)} ${left.amountMinor < 0 ? 'came' : 'left'}`
}

function sayAmount({ amountMinor, currency }: Money): string {
  return formatMoney({ amountMinor: Math.abs(amountMinor), currency }, { everyDecimal: true })
}
