import type { Job } from '#app/platform/queue.server.ts'
import { lookUpUncertain } from './look-up.server.ts'
import { foldNews } from './news.server.ts'
import { scrub } from './scrub.server.ts'
import { sendDue } from './send.server.ts'

/** The jobs of mail: sending what is due, taking in what the provider tells, and forgetting. */
export const mailJobs = {
  'mail.send': () => sendDue(),
  'mail.fold-news': ({ eventId }) => foldNews(eventId ?? ''),
  'mail.look-up-uncertain': async () => void (await lookUpUncertain()),
  'mail.scrub': () => scrub(),
} satisfies Record<string, Job>
