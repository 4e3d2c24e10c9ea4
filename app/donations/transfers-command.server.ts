import { sayPurpose } from '#app/partners/fund.ts'
import { db } from '#app/platform/db.server.ts'
import { readCommand } from '#app/platform/command-line.server.ts'
import { CommandRefused } from '#app/platform/db-command.server.ts'
import { workerAfter, workerSilence } from '#app/platform/heartbeat.server.ts'
import { dayInBritain, isDay, sayDay } from '#app/shared/dates.ts'
import { assertNever } from '#app/shared/invariant.ts'
import { formatMoney, type Money } from '#app/shared/money.ts'
import { parseMoney, sayMoneyProblem } from '#app/shared/typed-money.ts'
import { giftCurrencies, PROMISE_DAYS, type GiftState } from './gift.ts'
import { findByReference, listPromised, receiveTransfer, type Receiving } from './transfers.server.ts'

const howToReceive = `Say which gift has come, how much, and on which day, as the bank statement has them:
  npm run donations -- received G-7K3M9XQ2 --amount "£25.00" --on 2026-11-25`

/** The gifts that are waited for, the oldest first. Nobody's name or address. */
export async function promised(): Promise<string[]> {
  const gifts = await listPromised(db)
  if (gifts.length === 0) return ['No bank transfer is waited for.']
  const sums = gifts.map(({ amount }) => inFull(amount))
  const width = Math.max(...sums.map((sum) => sum.length))
  return [
    ...gifts.map(
      ({ reference, purposeName, since }, at) =>
        `${reference}  ${(sums[at] ?? '').padStart(width)}  since ${dayInBritain(since)}  for ${sayPurpose(purposeName)}`,
    ),
    '',
    `Each is waited for ${PROMISE_DAYS} days. When one stands on the bank statement:`,
    'npm run donations -- received REFERENCE --amount "AMOUNT" --on YYYY-MM-DD',
  ]
}

/** A person has seen a promised gift on the bank statement. */
export async function received(args: string[]): Promise<string[]> {
  const { words, flags } = readCommand(args, ['amount', 'on', 'instead-of'], howToReceive)
  const { amount: typed, on, 'instead-of': insteadOf } = flags
  const [reference, ...more] = words
  if (!reference || more.length > 0 || !typed || !on) throw new CommandRefused(howToReceive)
  if (!isDay(on)) throw new CommandRefused(`${on} is no day: write it as the calendar has it, 2026-11-25.`)
  const gift = await findByReference(db, reference)
  if (!gift) throw new CommandRefused(unknown(reference))

  const amount = readAmount(typed, gift.amount)
  const result = await receiveTransfer(gift.id, {
    ...{ amount, on },
    insteadOf: insteadOf ? readAmount(insteadOf, gift.amount) : null,
  })
  const told = `${reference.toUpperCase()} is received: ${inFull(amount)}, on ${sayDay(on)}.`
  switch (result.outcome) {
    case 'received':
      return [told, await whatFollows()]
    case 'known':
      return [told, 'So it was already: nothing was written, booked or sent again.']
    default:
      throw new CommandRefused(whyNot(reference.toUpperCase(), amount, result))
  }
}

/** A sign of another currency that gifts are made in is meant: a bank may have changed the money on its way. */
function readAmount(typed: string, { currency }: Money): Money {
  for (const each of [currency, ...giftCurrencies]) {
    const read = parseMoney(typed, each)
    if (read.outcome === 'read') return read.money
    if (read.problem !== 'other-currency') {
      throw new CommandRefused(`"${typed}": ${sayMoneyProblem(read.problem, each)}`)
    }
  }
  throw new CommandRefused(`"${typed}": say the amount in ${giftCurrencies.join(', ')}.`)
}

async function whatFollows(): Promise<string> {
  return workerAfter(await workerSilence()) === 'works'
    ? 'It is being booked, and its receipt is being sent.'
    : 'It is booked, and its receipt sent, when the site is started (npm start): no worker is running.'
}

function unknown(reference: string): string {
  return `There is no gift ${reference}: copy its reference from npm run donations -- promised, or from the statement.`
}

type NotReceived = Exclude<Receiving, { outcome: 'received' | 'known' }>

function whyNot(reference: string, came: Money, result: NotReceived): string {
  switch (result.outcome) {
    case 'other-amount': {
      const promised = inFull(result.promised)
      return (
        `${inFull(came)} came, you say, and ${reference} was promised as ${promised}. Look at the statement again. If it ` +
        `is this gift and ${inFull(came)} is all that came, that is the gift: say the same with --instead-of "${promised}". ` +
        'Its receipt and the books then say what came.'
      )
    }
    case 'received-otherwise': {
      const how = result.by === 'bank' ? 'by bank transfer' : 'through Stripe'
      return (
        `${reference} was received ${how} already: ${inFull(result.amount)}, on ${sayDay(result.on)}. It stays so. ` +
        'If this is another transfer, it is another gift: ask its donor to promise it on the site, or send it back.'
      )
    }
    case 'impossible-day':
      return (
        `${reference} was made on ${sayDay(result.from)}, and today is ${sayDay(result.to)}: say the day between the two ` +
        'on which the statement has it.'
      )
    case 'forgotten':
      return (
        `${reference} was not kept in time, and we have forgotten whom it came from: nobody could be sent a receipt. Ask ` +
        'whoever sent it to promise it again on the site, and receive it under the new reference; or send it back.'
      )
    case 'not-promised':
      return `${reference} ${whyNotPromised[result.state]}`
    default:
      return assertNever(result)
  }
}

const theDonor = 'its donor to choose the bank transfer on the page of their gift'

const whyNotPromised: Record<GiftState, string> = {
  started: `is to be paid on Stripe’s page, and not promised by bank transfer. If it came by bank all the same, ask ${theDonor}: that closes Stripe’s.`,
  processing:
    'is being paid through Stripe. Nothing is to be done here: wait until Stripe says whether it came.',
  failed: `was to be paid through Stripe, and did not come. If it came by bank after that, ask ${theDonor}.`,
  expired: `was to be paid on Stripe’s page, which has ended, and was never promised by bank transfer. If it came by bank, ask ${theDonor}.`,
  promised: 'still has a payment page at Stripe. Look again in a day: it ends by itself.',
  received: 'is received.',
}

function inFull(amount: Money): string {
  return formatMoney(amount, { everyDecimal: true })
}
