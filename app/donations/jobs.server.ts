import type { Job } from '#app/platform/queue.server.ts'
import { readBalance } from './balance.server.ts'
import { convergeGift } from './converge.server.ts'
import { hear } from './hear.server.ts'
import { sweep } from './sweep.server.ts'

/** The jobs of giving: taking in what Stripe tells, and finding what it told in vain. */
export const donationJobs = {
  'donations.hear': ({ eventId }) => hear(eventId ?? ''),
  'donations.converge': ({ giftId }) => convergeGift(giftId ?? ''),
  'donations.read-balance': () => readBalance(),
  'donations.sweep': () => sweep(),
} satisfies Record<string, Job>
