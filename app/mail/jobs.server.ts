import type { Job } from '#app/platform/queue.server.ts'
import { foldNews } from './news.server.ts'
import { sendDue } from './send.server.ts'

/** The jobs of mail: sending what is due, and taking in what the provider tells. */
export const mailJobs = {
  'mail.send': () => sendDue(),
  'mail.fold-news': ({ eventId }) => foldNews(eventId ?? ''),
} satisfies Record<string, Job>
