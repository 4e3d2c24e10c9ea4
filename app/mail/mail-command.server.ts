import { db, inTransaction } from '#app/platform/db.server.ts'
import { CommandRefused } from '#app/platform/db-command.server.ts'
import { workerAfter, workerSilence } from '#app/platform/heartbeat.server.ts'
import { counted } from '#app/shared/counted.ts'
import { isUuid } from '#app/shared/uuid.ts'
import { goOn } from './budget.server.ts'
import { mailStatus } from './status.server.ts'
import { wordsFor, type Timeline } from './timeline.ts'
import { messageTimeline, timelinesAbout } from './timelines.server.ts'
import { listUncertain, settleByPerson } from './uncertain.server.ts'

const usage = `Say what to do with mail:
  npm run mail -- status                what waits, what went, and whether anything holds it up
  npm run mail -- uncertain             messages of which nobody knows whether they were taken
  npm run mail -- timeline ABOUT|ID     what happened to the messages about something ("subscription:ID"), or to one
  npm run mail -- settle ID --as accepted|refused --because WORDS
                                        what a person has found out about an uncertain one; it is never sent again
  npm run mail -- go-on                 sending goes on, after a person has seen to what stopped it`

/** `npm run mail -- …`: see `usage`. No output holds an address. */
export async function mailCommand([verb, ...rest]: string[]): Promise<void> {
  switch (verb) {
    case 'status':
      return print(await status())
    case 'uncertain':
      return print(await uncertain())
    case 'timeline':
      return print(await timeline(rest[0]))
    case 'settle':
      return print(await settle(rest))
    case 'go-on':
      await inTransaction(goOn)
      return print(['Sending goes on.'])
    default:
      throw new CommandRefused(usage)
  }
}

async function status(): Promise<string[]> {
  const { perSecond, pausedUntil, stopped, counts, unknownNews } = await mailStatus(db)
  const works = workerAfter(await workerSilence()) === 'works'
  return [
    ...(works ? [] : ['No worker is running: mail waits until the site is started (npm start).']),
    ...(stopped === null
      ? []
      : [`Nothing is sent: the provider said "${stopped}". See to it, then: npm run mail -- go-on`]),
    ...(pausedUntil
      ? [`Letters and updates wait until ${pausedUntil.toISOString()}: the allowance is used up.`]
      : []),
    ...(works && stopped === null && !pausedUntil ? ['Mail is being sent.'] : []),
    `The provider takes ${perSecond} requests a second.`,
    ...counts.map(({ lane, state, count }) => `${lane.padEnd(8)} ${state.padEnd(10)} ${count}`),
    ...(unknownNews > 0
      ? [`${counted(unknownNews, 'piece of news is', 'pieces of news are')} about no message of ours.`]
      : []),
  ]
}

async function uncertain(): Promise<string[]> {
  const messages = await listUncertain(db)
  if (messages.length === 0) return ['No message is uncertain.']
  return messages.map(
    ({ id, kind, about, since, reason }) =>
      `${id}  ${since.toISOString()}  ${kind}  ${about}${reason ? `  ${reason}` : ''}`,
  )
}

async function timeline(which: string | undefined): Promise<string[]> {
  if (!which)
    throw new CommandRefused(
      'Say of what: a message’s id, or what messages are about, such as subscription:ID.',
    )
  const timelines = isUuid(which.toLowerCase())
    ? [await messageTimeline(db, which)].filter((found) => found !== undefined)
    : await timelinesAbout(db, which)
  if (timelines.length === 0) throw new CommandRefused(`There is no message ${which}, and none about it.`)
  return timelines.flatMap(linesOf)
}

function linesOf({ id, kind, about, lane, entries }: Timeline): string[] {
  return [
    `${id}  ${kind}, about ${about}, among ${lane}`,
    ...entries.map((entry) => `  ${entry.at.toISOString()}  ${wordsFor(entry)}`),
  ]
}

async function settle([id, ...rest]: string[]): Promise<string[]> {
  const as = after('--as', rest)
  const why = after('--because', rest)
  if (!id || !isUuid(id.toLowerCase()) || (as !== 'accepted' && as !== 'refused') || !why) {
    throw new CommandRefused(
      'Say which message, and what you have found: settle ID --as accepted|refused --because WORDS',
    )
  }
  if (why.includes('@')) throw new CommandRefused('Leave addresses out of the reason: it is kept.')
  const result = await inTransaction((tx) => settleByPerson(tx, id, as, why))
  switch (result.outcome) {
    case 'settled':
      return [`${id} is ${as}. It is not sent again.`]
    case 'unknown':
      throw new CommandRefused(`There is no message ${id}.`)
    case 'not-uncertain':
      throw new CommandRefused(`${id} is ${result.state}: only an uncertain message is a person’s to settle.`)
  }
}

function after(name: string, words: string[]): string | undefined {
  const place = words.indexOf(name)
  return place < 0 ? undefined : words[place + 1]
}

function print(lines: string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
}
