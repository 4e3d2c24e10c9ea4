import pg from 'pg'
import { startHouse } from '../support/house.ts'
import type { Bench } from './run.ts'

const CHANGES = 100

/** From the commit of a change in one process to the first new page from another. */
export const contentBench: Bench = async ({ databaseUrl }, say) => {
  const house = await startHouse(databaseUrl, { LOG_LEVEL: 'warn' })
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const waits: number[] = []
  for (let edition = 0; edition < CHANGES; edition++) {
    await house.fetch('/report')
    await client.query('begin')
    await client.query('update report set caveat = $1', [`Caveat of edition ${edition}.`])
    await client.query(`select pg_notify('content_changed', '')`)
    await client.query('commit')
    const from = performance.now()
    while (!(await (await house.fetch('/report')).text()).includes(`Caveat of edition ${edition}.`));
    waits.push(performance.now() - from)
  }
  waits.sort((a, b) => a - b)
  say({
    figure: 'milliseconds from a commit in one process to the new page from another',
    changes: CHANGES,
    p50: round(waits[CHANGES / 2]),
    p95: round(waits[Math.floor(CHANGES * 0.95)]),
    most: round(waits.at(-1)),
  })
  await client.end()
  await house.stop()
}

function round(value: number | undefined): number {
  return Math.round((value ?? Number.NaN) * 10) / 10
}
