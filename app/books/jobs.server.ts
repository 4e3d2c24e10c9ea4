import type { Job } from '#app/platform/queue.server.ts'
import { postMovement } from './books.server.ts'
import { postBankTransfer } from './transfers.server.ts'

/** The jobs of the books. One that waits for another movement has nothing to do again: that one posts both. */
export const bookJobs = {
  'books.post': async ({ movementId }) => void (await postMovement(movementId ?? '')),
  'books.post-bank-transfer': async ({ giftId }) => void (await postBankTransfer(giftId ?? '')),
} satisfies Record<string, Job>
