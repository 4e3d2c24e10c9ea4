import { mature } from './balance.ts'
import { settle } from './charges.ts'
import { lapse } from './disputes.ts'
import { bounce, clear } from './late.ts'
import { arrive } from './refunds.ts'
import { expire } from './sessions.ts'
import type { StandIn } from './stand-in.ts'
import type { Job } from './store.ts'

/** Does what has fallen due. */
export function doJob(standIn: StandIn, { what, about }: Job): void {
  switch (what) {
    case 'settle':
      return settle(standIn, about)
    case 'clear':
      return clear(standIn, about)
    case 'bounce':
      return bounce(standIn, about)
    case 'expire':
      return expire(standIn, about)
    case 'arrive':
      return arrive(standIn, about)
    case 'lapse':
      return lapse(standIn, about)
    case 'mature':
      return mature(standIn, about)
  }
}
