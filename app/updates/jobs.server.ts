import type { Job } from '#app/platform/queue.server.ts'
import { prepareUpdates } from './prepare-update.server.ts'

/** The jobs of updates. Sending what they prepare is mail's. */
export const updateJobs = {
  'updates.prepare': () => prepareUpdates(),
} satisfies Record<string, Job>
