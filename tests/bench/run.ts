import { freshDatabase } from '../support/database.ts'
import { prepareGround } from '../support/ground.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'
import { withSettings } from '../support/settings.ts'

export type Say = (figure: Record<string, unknown>) => void

/** Measures something on a database and a post office of its own, and says each figure through `say`. */
export type Bench = (place: { databaseUrl: string; post: PostOffice }, say: Say) => Promise<void>

// `npm run bench -- NAME`: one line of JSON for each figure. Machines differ and are noisy: compare within one run.
// Each is loaded once its database stands: the product reads its settings as it is loaded.
const benches: Record<string, () => Promise<Bench>> = {
  content: async () => (await import('./content.ts')).contentBench,
  pages: async () => (await import('./pages.ts')).pagesBench,
  updates: async () => (await import('./updates.ts')).updatesBench,
}

const name = process.argv[2] ?? ''
const load = benches[name]
if (!load) {
  process.stderr.write(`There is no benchmark "${name}". There are: ${Object.keys(benches).join(', ')}.\n`)
  process.exit(1)
}
const ground = await prepareGround()
try {
  const database = await freshDatabase('seeded')
  const post = await openPostOffice()
  const settings = { DATABASE_URL: database.url, LOG_LEVEL: 'silent', ...post.settings }
  process.env = { ...process.env, ...withSettings(settings) }
  const bench = await load()
  await bench({ databaseUrl: database.url, post }, (figure) =>
    process.stdout.write(`${JSON.stringify({ bench: name, ...figure })}\n`),
  )
  await post.close()
  await database.drop()
} finally {
  await ground.leave()
}
process.exit()
