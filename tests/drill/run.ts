import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { prepareClone } from '../../bin/parts/prepare-clone.mjs'
import { freshDatabase } from '../support/database.ts'
import { prepareGround } from '../support/ground.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'
import { withSettings } from '../support/settings.ts'
import { buildWorker, sabotages, type Sabotage } from './sabotage.ts'

/** What a drill is given: its database, the post office, the workers' program in build/, and the numbers asked for. */
export type Place = { databaseUrl: string; post: PostOffice; program: string }
export type Numbers = { seed: number; recipients: number; kills: number }

/** What a drill found: lines of a table, and in words whatever must not be. */
export type Findings = { table: [what: string, figure: string | number][]; wrong: string[] }

type Drill = (place: Place, numbers: Numbers) => Promise<Findings>

// `npm run drill -- NAME`: a proof under fire, counted outside the product. Ends with 1 when anything was lost or done
// twice. Each drill is loaded once its database stands: the product reads its settings as it is loaded.
const drills: Record<string, () => Promise<Drill>> = {
  updates: async () => (await import('./updates.ts')).updatesDrill,
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: process.env['SEED'] ?? String(randomInt(2 ** 31)) },
    recipients: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '200' },
    sabotage: { type: 'string' },
  },
})
const name = positionals[0] ?? ''
const load =
  drills[name] ?? refuse(`There is no drill "${name}". There are: ${Object.keys(drills).join(', ')}.`)
const numbers = {
  seed: wholeNumber('seed', values.seed),
  recipients: wholeNumber('recipients', values.recipients),
  kills: wholeNumber('kills', values.kills),
}
const sabotage = values.sabotage === undefined ? undefined : knownSabotage(values.sabotage)

await prepareClone('build')
const program = sabotage ? await buildWorker(sabotage) : 'worker.js'
// Within a run of the tests, the ground is theirs.
const ground = process.env['TEST_DATABASE_PREFIX'] ? undefined : await prepareGround()
try {
  const database = await freshDatabase('seeded')
  const post = await openPostOffice()
  const settings = { DATABASE_URL: database.url, LOG_LEVEL: 'silent', COURAGE_PROCESS: 'drill' }
  process.env = { ...withSettings(settings), ...post.settings, ...testGround() }
  const { table, wrong } = await (await load())({ databaseUrl: database.url, post, program }, numbers)
  const asked = [`seed ${numbers.seed}`, ...(sabotage ? [`sabotage ${sabotage}`] : [])].join(', ')
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
  await post.close()
  await database.drop()
} finally {
  await ground?.leave()
}
process.exit()

function testGround() {
  const { TEST_DATABASE_URL, TEST_DATABASE_PREFIX } = process.env
  return { TEST_DATABASE_URL, TEST_DATABASE_PREFIX }
}

function knownSabotage(text: string): Sabotage {
  const names = Object.keys(sabotages) as Sabotage[]
  const known = names.find((each) => each === text)
  return known ?? refuse(`There is no sabotage "${text}". There are: ${names.join(', ')}.`)
}

function wholeNumber(option: string, text: string): number {
  return /^\d+$/.test(text) ? Number(text) : refuse(`--${option} takes a whole number, not "${text}".`)
}

function refuse(why: string): never {
  process.stderr.write(`${why}\n`)
  process.exit(2)
}

function say(lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}
