import { createHash } from 'node:crypto'
import type { Tx } from '#app/platform/db.server.ts'
import { readRegister } from '#app/representatives/register-rows.ts'
import { takeIn } from '#app/representatives/take-in.server.ts'
import { DEMO_SOURCE, demoDivisions, demoPostal, demoRepresentatives } from './demo-parliament.ts'

/** Takes the demo parliament in as any register is. Returns what is wrong with it: it is ours to mend. */
export async function installDemoParliament(tx: Tx): Promise<string[]> {
  for (const text of [demoDivisions, demoRepresentatives, demoPostal]) {
    const register = readRegister(text)
    if (register.outcome === 'refused') return register.problems
    const fileHash = createHash('sha256').update(text).digest('hex')
    const taken = await takeIn(tx, register.read, { source: DEMO_SOURCE, fileHash })
    if (taken.outcome === 'refused') return taken.problems
  }
  return []
}
