import { freshDatabase } from '../support/database.ts'
import { prepareGround } from '../support/ground.ts'
import { contentBench } from './content.ts'
import { pagesBench } from './pages.ts'

/** Measures something on a database of its own, and says each figure through `say`. */
export type Bench = (databaseUrl: string, say: (figure: Record<string, unknown>) => void) => Promise<void>

// `npm run bench -- NAME`: one line of JSON for each figure. Machines differ and are noisy: compare within one run.
const benches: Record<string, Bench> = {
  content: contentBench,
  pages: pagesBench,
}

const name = process.argv[2] ?? ''
const bench = benches[name]
if (!bench) {
  process.stderr.write(`There is no benchmark "${name}". There are: ${Object.keys(benches).join(', ')}.\n`)
  process.exit(1)
}
const ground = await prepareGround()
try {
  const database = await freshDatabase('seeded')
  await bench(database.url, (figure) =>
    process.stdout.write(`${JSON.stringify({ bench: name, ...figure })}\n`),
  )
  await database.drop()
} finally {
  await ground.leave()
}
