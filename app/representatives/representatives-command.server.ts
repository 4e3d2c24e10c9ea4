import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { readCommand } from '#app/platform/command-line.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { CommandRefused } from '#app/platform/db-command.server.ts'
import { counted } from '#app/shared/counted.ts'
import { readRegister, type Rows } from './register-rows.ts'
import { registerStatus } from './register-status.server.ts'
import { takeIn, type TakenIn, type TakingIn } from './take-in.server.ts'

const usage = `Say what to do with the register of representatives:
  npm run representatives -- import FILE --source SOURCE [--dry-run] [--force]
                                        take a file in: divisions, representatives or postal codes (its header says
                                        which). SOURCE names where it is from, the same each time. --dry-run shows what
                                        would change; --force takes in a file from which many are gone
  npm run representatives -- status     what was taken in, how old it is, and how many can be written to`

/** Of a file that is wrong all over, so many lines say enough. */
const MOST_PROBLEMS = 20

/** `npm run representatives -- …`: see `usage`. No output holds an email address. */
export async function representativesCommand([verb, ...rest]: string[]): Promise<void> {
  switch (verb) {
    case 'import':
      return print(await take(rest))
    case 'status':
      return print(await registerStatus(db))
    default:
      throw new CommandRefused(usage)
  }
}

async function take(args: string[]): Promise<string[]> {
  const [dry, forced] = ['--dry-run', '--force'].map((flag) => args.includes(flag))
  const others = args.filter((arg) => arg !== '--dry-run' && arg !== '--force')
  const { words, flags } = readCommand(others, ['source'], usage)
  const [file, ...more] = words
  const { source } = flags
  if (!file || more.length > 0 || !source) throw new CommandRefused(usage)
  const text = await read(file)
  const rows = rowsOf(text)
  const fileHash = createHash('sha256').update(text).digest('hex')
  const from = { source, fileHash, force: forced ?? false }
  return dry ? rehearse(rows, from) : said(await inTransaction((tx) => kept(takeIn(tx, rows, from))), false)
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandRefused(`The file cannot be read: ${why}`)
  }
}

function rowsOf(text: string): Rows {
  const register = readRegister(text)
  if (register.outcome === 'refused') throw refusal(register.problems)
  return register.read
}

/** Does all of it, and takes it back. */
async function rehearse(rows: Rows, from: Parameters<typeof takeIn>[2]): Promise<string[]> {
  let taken: TakenIn | undefined
  class Rehearsed extends Error {}
  try {
    await inTransaction(async (tx) => {
      taken = await kept(takeIn(tx, rows, from))
      throw new Rehearsed()
    })
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error
  }
  return taken ? said(taken, true) : []
}

/** What was taken in; anything else takes the transaction back with it. */
async function kept(taking: Promise<TakingIn>): Promise<TakenIn> {
  const result = await taking
  switch (result.outcome) {
    case 'taken':
      return result
    case 'refused':
      throw refusal(result.problems)
    case 'cut-short':
      throw new CommandRefused(
        `Of ${result.had} that this source told of, more than a tenth are gone from the file, which has ` +
          `${counted(result.has, 'line', 'lines')}. Look whether it is whole. If it is, say --force: they are then gone from today.`,
      )
  }
}

function said({ added, changed, gone, lines }: TakenIn, isRehearsal: boolean): string[] {
  const counts = `${added} added, ${changed} changed, ${gone} gone`
  return [...lines, isRehearsal ? `${counts}: nothing was written, this was a dry run.` : `${counts}.`]
}

function refusal(problems: string[]): CommandRefused {
  const more = problems.length - MOST_PROBLEMS
  return new CommandRefused(
    [
      'Nothing was taken in:',
      ...problems.slice(0, MOST_PROBLEMS).map((problem) => `- ${problem}`),
      ...(more > 0 ? [`and ${more} more.`] : []),
    ].join('\n'),
  )
}

function print(lines: string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''))
}
