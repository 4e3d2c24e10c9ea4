import { log } from '#app/platform/log.server.ts'
import type { Job } from '#app/platform/queue.server.ts'
import { forgetUnmade } from './forget.server.ts'

/** The jobs of giving. */
export const donationJobs = {
  'donations.forget-unmade': async () => {
    log.info(await forgetUnmade(), 'gifts that were not made are ended, and whom they came from is forgotten')
  },
} satisfies Record<string, Job>
