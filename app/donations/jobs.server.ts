import { log } from '#app/platform/log.server.ts'
import type { Job } from '#app/platform/queue.server.ts'
import { readBalance } from './balance.server.ts'
import { convergeGift } from './converge.server.ts'
import { forgetUnmade } from './forget.server.ts'
import { hear } from './hear.server.ts'
import { sweep } from './sweep.server.ts'
import { queueReceipt } from './transfers.server.ts'

/** The jobs of giving: taking in what Stripe tells, finding what it told in vain, thanking, and forgetting who did not give. */
export const donationJobs = {
  'donations.hear': ({ eventId }) => hear(eventId ?? ''),
  'donations.converge': ({ giftId }) => convergeGift(giftId ?? ''),
  'donations.read-balance': () => readBalance(),
  'donations.sweep': () => sweep(),
  'donations.queue-receipt': ({ giftId }) => queueReceipt(giftId ?? ''),
  'donations.forget-unmade': async () => {
    log.info(await forgetUnmade(), 'gifts that were not made are ended, and whom they came from is forgotten')
  },
} satisfies Record<string, Job>
