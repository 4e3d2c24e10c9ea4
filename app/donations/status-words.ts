import { counted } from '#app/shared/counted.ts'
import { formatMoney } from '#app/shared/money.ts'
import type { DonationStatus } from './status.server.ts'
import type { Mark } from './sweep-mark.server.ts'

/** How giving stands, a line each, for a person at a terminal. No line holds a name or an address. */
export function sayStatus(status: DonationStatus): string[] {
  const { gifts, waiting, waitingSince, parked, eventsMark, balanceMark, notArrived, disputed } = status
  return [
    ...(gifts.length === 0 ? ['Nothing has been given yet.'] : []),
    ...gifts.map(({ state, count }) => `${state.padEnd(10)} ${count}`),
    waitingSince
      ? `${counted(waiting, 'piece of news waits', 'pieces of news wait')}, the oldest since ${waitingSince.toISOString()}.`
      : 'No news waits.',
    parked > 0
      ? `${counted(parked, 'piece of news is parked', 'pieces of news are parked')}. See to ${parked === 1 ? 'it' : 'them'}: npm run donations -- parked`
      : 'No news is parked.',
    `Stripe’s events have been read ${through(eventsMark)}, its balance ${through(balanceMark)}.`,
    ...[eventsMark, balanceMark].flatMap(sayAhead),
    ...sayNotArrived(notArrived),
    ...disputed.map(sayDisputed),
  ]
}

function through(mark: Mark): string {
  return mark.state === 'never' ? 'never' : `up to ${mark.through.toISOString()}`
}

function sayAhead(mark: Mark, place: number): string[] {
  if (mark.state !== 'ahead') return []
  const list = place === 0 ? 'events' : 'balance'
  return [
    `That mark of its ${list} is still to come: a clock was ahead, or this one is behind. It is not believed; the next` +
      ' look at the list, within the hour, reads anew and sets it right.',
  ]
}

function sayNotArrived(notArrived: DonationStatus['notArrived']): string[] {
  if (notArrived.length === 0) return []
  const each = notArrived.map(
    ({ reference, amount }) => `${formatMoney(amount, { everyDecimal: true })} of ${reference}`,
  )
  const many = counted(notArrived.length, 'refund did not arrive', 'refunds did not arrive')
  return [`${many}, and the money is with us again. Find another way to return it: ${each.join(', ')}.`]
}

function sayDisputed({
  currency,
  times,
  takenMinor,
  againMinor,
}: DonationStatus['disputed'][number]): string {
  const sum = (amountMinor: number) => formatMoney({ amountMinor, currency }, { everyDecimal: true })
  const again = againMinor > 0 ? `, and ${sum(againMinor)} of it was given again` : ''
  return `Disputes took ${sum(takenMinor)}, in ${counted(times, 'withdrawal', 'withdrawals')}${again}.`
}
