import { bookJobs } from './books/jobs.server.ts'
import { donationJobs } from './donations/jobs.server.ts'
import { startWorker } from './platform/background.server.ts'
import { mailJobs } from './mail/jobs.server.ts'
import { platformJobs } from './platform/jobs.server.ts'
import { updateJobs } from './updates/jobs.server.ts'

// Everything that happens in the background, on one page: the jobs, and when those with a fixed time run (UTC).
const jobs = {
  ...platformJobs,
  ...mailJobs,
  ...donationJobs,
  ...bookJobs,
  ...updateJobs,
}

const timetable = [
  { at: '* * * * *', job: 'platform.heartbeat', why: '/readyz can tell whether the worker works' },
  {
    at: '* * * * *',
    job: 'platform.free-abandoned-jobs',
    why: 'what a killed worker was doing is done by others within a minute, not after hours',
  },
  {
    at: '* * * * *',
    job: 'mail.send',
    why: 'what was put off, and what a sender that died was holding, goes out',
  },
  {
    at: '* * * * *',
    job: 'updates.prepare',
    why: 'an update whose preparing was cut short goes on where it stopped',
  },
  {
    at: '* * * * *',
    job: 'updates.hear-complaints',
    why: 'whoever reported a message as unwanted has taken their consent back with it',
  },
  {
    at: '11 * * * *',
    job: 'donations.sweep',
    why: 'news of Stripe’s may have been lost: what happened is listed there',
  },
  {
    at: '41 * * * *',
    job: 'mail.look-up-uncertain',
    why: 'news of the mail provider’s may have been lost: what it has taken can be seen there',
  },
  {
    at: '23 3 * * *',
    job: 'mail.scrub',
    why: 'bytes, addresses and evidence that have had their use are forgotten',
  },
  {
    at: '37 3 * * *',
    job: 'donations.forget-unmade',
    why: 'whoever did not give after all is nobody’s business',
  },
  {
    at: '17 * * * *',
    job: 'platform.prune-limits',
    why: 'an allowance that is whole again is nobody’s business',
  },
  {
    at: '27 * * * *',
    job: 'updates.expire-requests',
    why: 'a request that its address did not confirm in 72 hours ends, and who never said yes is forgotten',
  },
] satisfies { at: string; job: keyof typeof jobs; why: string }[]

await startWorker(jobs, timetable, [
  'platform.heartbeat',
  'platform.free-abandoned-jobs',
  'mail.send',
  'updates.prepare',
  'donations.sweep',
])
