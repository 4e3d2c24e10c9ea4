import { clock } from '#app/platform/clock.server.ts'
import type { Prisma } from '#app/platform/db.server.ts'
import { dateOfDay, dayInBritain } from '#app/shared/dates.ts'

/** Whoever holds a seat today: their term has begun, or nobody says when it did, and has not ended. One a seat at most. */
export function heldToday(): Prisma.HolderWhereInput {
  const today = dateOfDay(dayInBritain(clock.now()))
  return {
    AND: [
      { OR: [{ startsOn: null }, { startsOn: { lte: today } }] },
      { OR: [{ endsOn: null }, { endsOn: { gt: today } }] },
    ],
  }
}
