import { setTimeout as pause } from 'node:timers/promises'
import { db } from '#app/platform/db.server.ts'
import type { Findings, Place } from '../run.ts'
import { startWatched } from '../workers.ts'
import { give } from './live.ts'
import type { Numbers } from './money.ts'
import { untilAllHeard } from './quiet.ts'
import { storiesOf } from './stories.ts'

const RACES = 6
const READS_FOR_MS = 1_200

/**
 * A donor's card is declined; while one worker still reads of it, it is declined again, and the other worker hears of that.
 * Whoever read first must not write last.
 */
export async function readAtOnce(place: Place, { seed }: Numbers): Promise<Findings> {
  const { desk } = place
  await desk.newsFaults()
  await desk.faults({ delayMs: READS_FOR_MS })
  const workers = await Promise.all([startWatched(place), startWatched(place)])
  const wrong: string[] = []
  for (const story of storiesOf(seed + 1, RACES)) {
    const { id, session } = await give(story, seed)
    // The last thing that is read of a gift: by then its charges are counted.
    await desk.next('GET /v1/disputes', 'delay')
    await desk.decline(session)
    await desk.quiet()
    await pause(READS_FOR_MS / 3)
    await desk.decline(session)
    await desk.quiet()
    if (!(await untilAllHeard({ sweep: false, withinMs: 20_000 })))
      wrong.push('there is still news that nobody looks into')
    const { declines } = await db.gift.findUniqueOrThrow({ where: { id } })
    if (declines !== 2)
      wrong.push(`a gift that was declined twice counts ${declines}: old news stands over new`)
  }
  await Promise.all(workers.map((worker) => worker.stop()))
  await desk.faults()
  return { table: [['gifts of which two workers heard at once, one of old news', RACES]], wrong }
}
