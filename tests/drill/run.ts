import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { prepareClone } from '../../bin/parts/prepare-clone.mjs'
import { freshDatabase } from '../support/database.ts'
import { prepareGround } from '../support/ground.ts'
import { openPaymentDesk, type PaymentDesk } from '../support/payment-desk.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'
import { withSettings } from '../support/settings.ts'
import { buildWorker, copyWeb, sabotages, type Sabotage } from './sabotage.ts'

/** What a drill is given: its database, the stand-ins, and the programs in build/ that are put to the proof. */
export type Place = {
  databaseUrl: string
  post: PostOffice
  desk: PaymentDesk
  worker: string
  web: string
}

/** The numbers that a drill takes, and the seed. */
export type Numbers<Name extends string = never> = Record<Name | 'seed', number>

/** What a drill found: lines of a table, and in words whatever must not be. */
export type Findings = { table: [what: string, figure: string | number][]; wrong: string[] }

type Drill = {
  numbers: Record<string, number>
  sabotages: Record<string, Sabotage>
  /** Loaded once its database stands: the product reads its settings as it is loaded. */
  load: () => Promise<(place: Place, numbers: Record<string, number> & Numbers) => Promise<Findings>>
}

// `npm run drill -- NAME`: a proof under fire, counted outside the product. Ends with 1 when anything was lost or done
// twice. `as never`: each drill says what its numbers are in its own line.
const drills: Record<string, Drill> = {
  updates: {
    numbers: { recipients: 10_000, kills: 200 },
    sabotages: sabotages.updates,
    load: async () => (await import('./updates.ts')).updatesDrill as never,
  },
  money: {
    numbers: { gifts: 36, orders: 500, kills: 200 },
    sabotages: sabotages.money,
    load: async () => (await import('./money/money.ts')).moneyDrill as never,
  },
}

const everyNumber = [...new Set(Object.values(drills).flatMap(({ numbers }) => Object.keys(numbers)))]
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: process.env['SEED'] ?? String(randomInt(2 ** 31)) },
    sabotage: { type: 'string' },
    ...Object.fromEntries(everyNumber.map((each) => [each, { type: 'string' }] as const)),
  },
})
const given: Record<string, string | boolean | undefined> = values
const name = positionals[0] ?? ''
const drill = drills[name] ?? refuse(`There is no drill "${name}". There are: ${list(drills)}.`)
const numbers = {
  seed: wholeNumber('seed', given['seed']),
  ...Object.fromEntries(
    Object.entries(drill.numbers).map(([each, usual]) => [each, wholeNumber(each, given[each] ?? usual)]),
  ),
}
const sabotage = typeof given['sabotage'] === 'string' ? known(given['sabotage']) : undefined

await prepareClone('build')
const { worker: sources, web: site } = sabotage?.changes ?? {}
const worker = sources ? await buildWorker(`worker-${sabotage?.name}`, sources) : 'worker.js'
const web = site ? await copyWeb(`server-${sabotage?.name}`, site) : 'server.js'
// Within a run of the tests, the ground is theirs.
const ground = process.env['TEST_DATABASE_PREFIX'] ? undefined : await prepareGround()
try {
  const database = await freshDatabase('seeded')
  const [post, desk] = await Promise.all([openPostOffice(), openPaymentDesk()])
  const settings = { DATABASE_URL: database.url, LOG_LEVEL: 'silent', COURAGE_PROCESS: 'drill' }
  process.env = { ...withSettings(settings), ...post.settings, ...desk.settings, ...testGround() }
  const hold = await drill.load()
  const { table, wrong } = await hold({ databaseUrl: database.url, post, desk, worker, web }, numbers)
  const asked = [`seed ${numbers.seed}`, ...(sabotage ? [`sabotage ${sabotage.name}`] : [])].join(', ')
  const widest = Math.max(...table.map(([what]) => what.length))
  say([
    `drill ${name}, ${asked}`,
    '',
    ...table.map(([what, figure]) => `${what.padEnd(widest)}  ${figure}`),
    '',
  ])
  say(
    wrong.length === 0
      ? ['Nothing was lost, and nothing done twice.']
      : wrong.map((what) => `WRONG: ${what}`),
  )
  process.exitCode = wrong.length === 0 ? 0 : 1
  await Promise.all([post.close(), desk.close()])
  await database.drop()
} catch (error) {
  // What the drill had started would go on, and be told that its ground is gone.
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 3
} finally {
  await ground?.leave()
}
process.exit()

function testGround() {
  const { TEST_DATABASE_URL, TEST_DATABASE_PREFIX } = process.env
  return { TEST_DATABASE_URL, TEST_DATABASE_PREFIX }
}

function known(text: string): { name: string; changes: Sabotage } {
  const changes = drill.sabotages[text]
  if (!changes) refuse(`There is no sabotage "${text}". There are: ${list(drill.sabotages)}.`)
  return { name: text, changes }
}

function list(named: object): string {
  return Object.keys(named).join(', ')
}

function wholeNumber(option: string, text: unknown): number {
  const written = String(text)
  return /^\d+$/.test(written)
    ? Number(written)
    : refuse(`--${option} takes a whole number, not "${written}".`)
}

function refuse(why: string): never {
  process.stderr.write(`${why}\n`)
  process.exit(2)
}

function say(lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}
