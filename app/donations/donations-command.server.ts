import { db, inTransaction } from '#app/platform/db.server.ts'
import { CommandRefused } from '#app/platform/db-command.server.ts'
import { workerAfter, workerSilence } from '#app/platform/heartbeat.server.ts'
import { listParked, settleByPerson } from './parked.server.ts'
import { donationStatus } from './status.server.ts'
import { sayStatus } from './status-words.ts'

const usage = `Say what to do with giving:
  npm run donations -- status           what was given, and how far we have taken in what Stripe tells
  npm run donations -- parked           what Stripe tells about nothing that we know, why, and what to do
  npm run donations -- settle EVENT_ID --reason WORDS
                                        you have dealt with a parked one; it moves no money and no gift`

/** `npm run donations -- …`: see `usage`. No output holds a name or an address. */
export async function donationsCommand([verb, ...rest]: string[]): Promise<void> {
  switch (verb) {
    case 'status':
      return print(await status())
    case 'parked':
      return print(await parked())
    case 'settle':
      return print(await settle(rest))
    default:
      throw new CommandRefused(usage)
  }
}

async function status(): Promise<string[]> {
  const works = workerAfter(await workerSilence()) === 'works'
  return [
    ...(works ? [] : ['No worker is running: news of Stripe’s waits until the site is started (npm start).']),
    ...sayStatus(await donationStatus(db)),
  ]
}

async function parked(): Promise<string[]> {
  const events = await listParked(db)
  if (events.length === 0) return ['No news is parked.']
  return [
    ...events.flatMap(({ id, type, objectId, giftId, occurredAt, reason }) => [
      `${id}  ${occurredAt.toISOString()}  ${type}  ${objectId}${giftId ? `  gift ${giftId}` : ''}`,
      `  ${reason}.`,
    ]),
    '',
    'Open each at Stripe by its id, and see what it is. Money that is nobody’s lies on the account suspense of the books',
    'until it is given back at Stripe. Then: npm run donations -- settle EVENT_ID --reason "what you found"',
  ]
}

async function settle([id, ...rest]: string[]): Promise<string[]> {
  const place = rest.indexOf('--reason')
  const why = place < 0 ? undefined : rest[place + 1]?.trim()
  if (!id || !why) {
    throw new CommandRefused('Say which, and what you found: settle EVENT_ID --reason "what you found"')
  }
  if (why.includes('@')) throw new CommandRefused('Leave addresses out of the reason: it is kept.')
  const result = await inTransaction((tx) => settleByPerson(tx, id, why))
  switch (result.outcome) {
    case 'settled':
      return [`${id} is dealt with.`]
    case 'unknown':
      throw new CommandRefused(
        `There is no ${id} among the news: copy the id from npm run donations -- parked.`,
      )
    case 'not-parked':
      throw new CommandRefused(`${id} is ${result.state}: only what is parked is a person’s to deal with.`)
  }
}

function print(lines: string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
}
