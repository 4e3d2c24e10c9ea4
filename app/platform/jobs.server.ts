import { freeAbandonedJobs } from './abandoned-jobs.server.ts'
import { clock } from './clock.server.ts'
import { db } from './db.server.ts'
import { pruneLimits } from './limits.server.ts'
import { log } from './log.server.ts'
import type { Job } from './queue.server.ts'

/** The jobs of the house itself. */
export const platformJobs = {
  'platform.heartbeat': async () => {
    const at = clock.now()
    await db.heartbeat.upsert({ where: { name: 'worker' }, create: { name: 'worker', at }, update: { at } })
  },
  'platform.free-abandoned-jobs': async () => {
    const dead = await freeAbandonedJobs()
    if (dead > 0) log.warn({ dead }, 'what killed workers were doing is done again')
  },
  'platform.prune-limits': async () => {
    log.info({ pruned: await pruneLimits(db) }, 'allowances that are whole again are forgotten')
  },
} satisfies Record<string, Job>
