import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { log } from '#app/platform/log.server.ts'

/** As long as the provider itself remembers what it was given: later there is nothing to compare with. */
const UNCERTAIN_KEEPS_DAYS = 30

/** Attempts and evidence, which hold no personal text: as long as somebody may ask what became of a message. */
const EVIDENCE_KEEPS_DAYS = 90

/**
 * Forgets what has outlived its purpose. Bytes and addresses of everything that is settled went in the transaction that
 * settled it; what remains here are messages of which nobody ever learnt more.
 */
export async function scrub(): Promise<void> {
  const longAgo = daysAgo(UNCERTAIN_KEEPS_DAYS)
  const bodies = await db.mailCall.updateMany({
    where: { state: 'uncertain', firstAttemptAt: { lt: longAgo }, body: { not: null } },
    data: { body: null },
  })
  const addresses = await db.message.updateMany({
    where: { state: 'uncertain', stateAt: { lt: longAgo }, address: { not: null } },
    data: { address: null },
  })
  const old = daysAgo(EVIDENCE_KEEPS_DAYS)
  const events = await db.mailEvent.deleteMany({ where: { receivedAt: { lt: old } } })
  const attempts = await db.mailAttempt.deleteMany({
    where: { at: { lt: old }, call: { state: { notIn: ['waiting', 'in_flight'] } } },
  })
  log.info(
    { bodies: bodies.count, addresses: addresses.count, events: events.count, attempts: attempts.count },
    'mail forgot what has outlived its purpose',
  )
}

function daysAgo(days: number): Date {
  return new Date(clock.now().getTime() - days * 86_400_000)
}
