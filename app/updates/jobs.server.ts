import { db } from '#app/platform/db.server.ts'
import { log } from '#app/platform/log.server.ts'
import type { Job } from '#app/platform/queue.server.ts'
import { pruneLinks } from '#app/supporters/private-links.server.ts'
import { answerRequest, sendPrivateLink } from './answers.server.ts'
import { hearComplaints } from './complaints.server.ts'
import { expireRequests } from './expiry.server.ts'
import { prepareUpdates } from './prepare-update.server.ts'

/**
 * The jobs of updates: answering those who ask, ending what was not confirmed or was complained of, and preparing what
 * is sent.
 */
export const updateJobs = {
  'updates.answer-request': ({ consentId }) => answerRequest(consentId ?? ''),
  'updates.send-private-link': ({ addressHash, requestId }) =>
    sendPrivateLink(addressHash ?? '', requestId ?? ''),
  'updates.expire-requests': async () => {
    log.info(
      { ...(await expireRequests()), linksForgotten: await pruneLinks(db) },
      'requests that nobody confirmed are ended, and who never said yes is forgotten',
    )
  },
  'updates.hear-complaints': async () => {
    const ended = await hearComplaints()
    if (ended > 0) log.info({ ended }, 'whoever reported a message as unwanted gets no more updates')
  },
  // Sending what it prepares is mail's.
  'updates.prepare': () => prepareUpdates(),
} satisfies Record<string, Job>
