import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { CommandRefused } from '#app/platform/db-command.server.ts'
import { env } from '#app/platform/env.server.ts'
import { isNoConnection, listBalanceTransactions, type BalanceLine } from '#app/platform/payments.server.ts'
import { counted } from '#app/shared/counted.ts'
import { ledgerHash } from './books.server.ts'
import { sayDifference, type Difference } from './difference.ts'
import { differencesFrom } from './verify.server.ts'

const usage = `Say what to do with the books:
  npm run books -- verify    whether they hold in themselves, and say of our balance at Stripe what Stripe says of it`

/** `npm run books -- …`: see `usage`. It changes nothing. */
export async function booksCommand([verb, ...rest]: string[]): Promise<void> {
  if (verb !== 'verify' || rest.length > 0) throw new CommandRefused(usage)
  const listedAt = clock.now()
  const theirs = await fromStripe()
  const differences = await differencesFrom(theirs, listedAt)
  if (differences.length > 0) throw new CommandRefused(tableOf(differences))
  process.stdout.write(
    `The books hold. Stripe lists ${counted(theirs.length, 'balance transaction', 'balance transactions')}, and the books have each as it is.\n` +
      `${await ledgerHash(db)}\n`,
  )
}

async function fromStripe(): Promise<BalanceLine[]> {
  if (!env.stripe) {
    throw new CommandRefused(
      'There is no Stripe to compare with: set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET.',
    )
  }
  const lines: BalanceLine[] = []
  try {
    for await (const line of listBalanceTransactions()) lines.push(line)
  } catch (error) {
    if (env.mode === 'sandbox' && isNoConnection(error)) {
      throw new CommandRefused(
        'Nothing was compared: a sandbox’s own Stripe runs only while the site does. Start it first (npm start), leave it' +
          ' running, and say this again in another terminal.',
      )
    }
    // Half a list would be a list of differences that there are not.
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandRefused(`Stripe's list could not be read to its end, so nothing was compared: ${why}`)
  }
  return lines
}

function tableOf(differences: readonly Difference[]): string {
  const rows = differences.map(sayDifference)
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return [
    `${counted(rows.length, 'thing does', 'things do')} not hold:`,
    ...rows.map(
      ([which, what, todo]) => `${which.padEnd(widths[0] ?? 0)}  ${what.padEnd(widths[1] ?? 0)}  ${todo}`,
    ),
  ].join('\n')
}
