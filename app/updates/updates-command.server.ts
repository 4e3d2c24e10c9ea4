import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { CommandRefused, requireOurDatabase } from '#app/platform/db-command.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { workerAfter, workerSilence } from '#app/platform/heartbeat.server.ts'
import { sayDay } from '#app/shared/dates.ts'
import { assertNever } from '#app/shared/invariant.ts'
import type { Audience } from './audience.server.ts'
import { updateProgress } from './progress.server.ts'
import { planUpdate, startUpdate, type NotStarted } from './send-update.server.ts'
import { placeInFile, readUpdateFile, type FileProblem, type ReadFile } from './update-file.ts'
import { listUpdates } from './updates.server.ts'

const usage = `Say what to do with updates:
  npm run updates -- send FILE          what would happen; nothing is sent
  npm run updates -- send FILE --yes    send it to everyone who has confirmed
  npm run updates -- progress SLUG      how far it has come
  npm run updates -- list               every update, the newest first`

/** `npm run updates -- …`: see `usage`. */
export async function updatesCommand(args: string[]): Promise<void> {
  const { verb, what, yes } = readArguments(args)
  await inTransaction(requireOurDatabase)
  if (verb === 'send' && what !== undefined) return send(what, yes)
  if (verb === 'progress' && what !== undefined) return progress(what)
  if (verb === 'list' && what === undefined) return list()
  throw new CommandRefused(usage)
}

function readArguments(args: string[]): {
  verb?: string | undefined
  what?: string | undefined
  yes: boolean
} {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { yes: { type: 'boolean', default: false }, 'dry-run': { type: 'boolean', default: false } },
    })
    const [verb, what, ...more] = positionals
    if (more.length === 0) return { verb, what, yes: values.yes && !values['dry-run'] }
  } catch {
    // An option that nobody knows.
  }
  throw new CommandRefused(usage)
}

async function send(file: string, yes: boolean): Promise<void> {
  const { content, ...places } = await readOrRefuse(file)
  const plan = await planUpdate(db, content)
  if (plan.outcome !== 'ready') return sayWhyNot(file, plan, places)

  print(`Subject   ${content.subject}`)
  print(`Preview   ${content.preview}`)
  print(`Web       ${canonicalAddress(`/updates/${content.slug}`)}`)
  print(`Size      ${(plan.htmlBytes / 1000).toFixed(1)} kB of HTML`)
  print(`Audience  ${sayAudience(plan.audience)}`)
  if (!yes) return print('\nNothing has been sent. To send it, add --yes to this command.')

  const started = await inTransaction((tx) => startUpdate(tx, content))
  if (started.outcome !== 'started') return sayWhyNot(file, started, places)
  print(`\nStarted. How far it has come: npm run updates -- progress ${content.slug}`)
  if (workerAfter(await workerSilence()) !== 'works')
    print('No worker is running: its mails go out once the site is started (npm start).')
}

async function readOrRefuse(file: string): Promise<ReadFile> {
  const read = readUpdateFile(await bytesOf(file))
  if (read.outcome === 'wrong') throw refusal(file, read.problems)
  return read
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'There is no such file' : `It cannot be read (${code})`
    throw new CommandRefused(`${resolve(file)}: ${why}.`)
  }
}

function sayWhyNot(file: string, why: NotStarted, places: Omit<ReadFile, 'content'>): void {
  switch (why.outcome) {
    case 'refused':
      throw refusal(
        file,
        why.problems.map((problem) => placeInFile(problem, places)),
      )
    case 'already-started':
      return print('This update has been started already: nobody gets it twice. Nothing was done.')
    case 'slug-taken':
      throw new CommandRefused(
        'Another update has this address, and what was sent cannot be changed. Give this one a slug of its own.',
      )
    default:
      assertNever(why)
  }
}

function refusal(file: string, problems: FileProblem[]): CommandRefused {
  const lines = problems.map(({ line, says }) => `${file}:${line}: ${says}`)
  return new CommandRefused([...lines, 'Nothing was sent or stored.'].join('\n'))
}

async function progress(slug: string): Promise<void> {
  const update = await db.update.findUnique({ where: { slug }, select: { id: true, subject: true } })
  if (!update) throw new CommandRefused(`There is no update "${slug}". To see them: npm run updates -- list`)
  const { prepared, audience, messages, skipped } = await updateProgress(db, update.id)
  print(update.subject)
  print(prepared ? `Audience  ${audience}` : `Audience  ${audience} so far; more are being prepared`)
  for (const [state, count] of Object.entries(messages)) print(`  ${count} ${state}`)
  for (const [reason, count] of Object.entries(skipped)) print(`  ${count} not sent: ${reason}`)
}

async function list(): Promise<void> {
  const updates = await listUpdates(db)
  if (updates.length === 0) return print('No update has been sent yet.')
  for (const { slug, subject, day } of updates) print(`${slug}  ${subject}  (${sayDay(day)})`)
}

function sayAudience({ size, skipped }: Audience): string {
  const reasons = [...skipped].map(([reason, count]) => `${count} ${reason}`).join(', ')
  const people = `${size} ${size === 1 ? 'person has' : 'people have'} confirmed`
  return reasons === '' ? people : `${people}; to be skipped: ${reasons}`
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
